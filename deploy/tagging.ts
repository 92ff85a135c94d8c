import { Glue, type GlueClientConfig } from '@aws-sdk/client-glue';
import { Command } from '@smithy/core/client';
import { getEndpointPlugin } from '@smithy/core/endpoints';
import type { MetadataBearer, StaticOperationSchema, StaticStructureSchema } from '@smithy/types';

const NAMESPACE = 'com.amazonaws.resourcegroupstaggingapi';
const TARGET = 'ResourceGroupsTaggingAPI_20170126';

/** Of up to a hundred resources, by ARN. */
export interface GetResourcesInput {
  readonly ResourceARNList: string[];
}

/** What is not there, or has no tags and never had, is not in it. */
export interface GetResourcesOutput {
  readonly ResourceTagMappingList?: readonly {
    readonly ResourceARN?: string;
    readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
  }[];
}

/** The one call of the Resource Groups Tagging API that the deployer makes. */
export interface Tagging {
  getResources(input: GetResourcesInput): Promise<GetResourcesOutput>;
}

const structure = (
  name: string,
  names: string[],
  members: StaticStructureSchema[5],
): StaticStructureSchema => [3, NAMESPACE, name, 0, names, members];
const TAG = structure('Tag', ['Key', 'Value'], [0, 0]);
const MAPPING = structure(
  'ResourceTagMapping',
  ['ResourceARN', 'Tags'],
  [0, [1, NAMESPACE, 'TagList', 0, () => TAG]],
);
/** Shapes as in the API reference, in the form of the SDK's own; 0 is a text, 64 a list of them. */
const GET_RESOURCES: StaticOperationSchema = [
  9,
  NAMESPACE,
  'GetResources',
  0,
  structure('GetResourcesInput', ['ResourceARNList'], [64]),
  structure(
    'GetResourcesOutput',
    ['ResourceTagMappingList'],
    [[1, NAMESPACE, 'ResourceTagMappingList', 0, () => MAPPING]],
  ),
];

const GetResources = Command.classBuilder<
  GetResourcesInput,
  GetResourcesOutput & MetadataBearer,
  Glue['config']
>()
  .ep({
    Endpoint: { type: 'builtInParams', name: 'endpoint' },
    Region: { type: 'builtInParams', name: 'region' },
  })
  .m((command, _stack, config) => [
    getEndpointPlugin(config, command.getEndpointParameterInstructions()),
  ])
  .s(TARGET, 'GetResources')
  .n('Tagging', 'GetResources')
  .sc(GET_RESOURCES)
  .build();

/**
 * A client of the Resource Groups Tagging API. It speaks the same protocol as Glue, so it is a client of Glue under another name.
 *
 * @param config as of the other clients, with the address of this service
 */
export function taggingClient(config: GlueClientConfig & { readonly endpoint: string }): Tagging {
  const settings = {
    signingName: 'tagging',
    protocolSettings: { defaultNamespace: NAMESPACE, serviceTarget: TARGET },
  };
  // Glue's types name neither the settings, which the SDK takes, nor commands of other services.
  const client: unknown = new Glue({ ...config, ...settings });
  const { send } = client as { send(command: object): Promise<GetResourcesOutput> };
  return { getResources: (input) => send.call(client, new GetResources(input)) };
}

/** Where the service is. @param partition `aws`, `aws-cn` or `aws-us-gov` */
export function taggingEndpoint(region: string, partition: string): string {
  return `https://tagging.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}`;
}
