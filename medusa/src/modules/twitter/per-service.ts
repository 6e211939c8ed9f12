import type TwitterModuleService from './service';

/**
 * Makes one of something for each service of a process, at its first use. A workflow's container gives a new proxy of
 * the service at every `resolve`, so what is shared must hang on the service itself.
 */
export function perService<Shared>(
  make: (twitter: TwitterModuleService) => Shared,
): (twitter: TwitterModuleService) => Shared {
  const made = new WeakMap<TwitterModuleService, Shared>();
  return (twitter) => {
    const service = twitter.itself();
    if (!made.has(service)) made.set(service, make(service));
    return made.get(service) as Shared;
  };
}
