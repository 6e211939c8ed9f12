import type SocialsModuleService from './service';

/**
 * Makes one of something for each service of a process, at its first use. A workflow's container gives a new proxy of
 * the service at every `resolve`, so what is shared must hang on the service itself.
 */
export function perService<Shared>(
  make: (socials: SocialsModuleService) => Shared,
): (socials: SocialsModuleService) => Shared {
  const made = new WeakMap<SocialsModuleService, { shared: Shared }>();
  return (socials) => {
    const service = socials.itself();
    const known = made.get(service);
    if (known !== undefined) return known.shared;
    const shared = make(service);
    made.set(service, { shared });
    return shared;
  };
}
