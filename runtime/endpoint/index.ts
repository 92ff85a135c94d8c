export { type Endpoint, EndpointError, type EndpointOptions, startEndpoint } from './endpoint.ts';
export { type JobRunReport, type ReportedState, reportJobRun } from './job-runs.ts';
