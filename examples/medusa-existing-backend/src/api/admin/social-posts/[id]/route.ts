import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { SOCIALS_MODULE } from '../../../../modules/socials';
import type SocialsService from '../../../../modules/socials/service';

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const socials: SocialsService = req.scope.resolve(SOCIALS_MODULE);
  res.json({ socialPost: await socials.retrieveSocialPost(req.params.id as string) });
}
