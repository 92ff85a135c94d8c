export { type Endpoint, EndpointError, type EndpointOptions, startEndpoint } from './endpoint.ts';
export {
  type JobRunReport,
  type ReportedState,
  reportJobRun,
  type TakenRun,
  takeJobRun,
} from './job-runs.ts';
