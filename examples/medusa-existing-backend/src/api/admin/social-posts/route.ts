import type { AuthenticatedMedusaRequest, MedusaResponse } from '@medusajs/framework/http';
import { z } from '@medusajs/framework/zod';
import { SOCIALS_MODULE } from '../../../modules/socials';
import type SocialsService from '../../../modules/socials/service';
import { createSocialPostWorkflow } from '../../../workflows/socials/create-social-post';
import { parsed } from '../../parsed';

const CreateSocialPost = z.object({
  platform_id: z.string().min(1),
  name: z.string().min(1, 'Name is required'),
  caption: z.string().optional(),
  media_attachments: z.array(z.object({ type: z.enum(['image', 'video']), url: z.string().url() })).optional(),
  status: z.enum(['draft', 'scheduled']).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const socials: SocialsService = req.scope.resolve(SOCIALS_MODULE);
  const [socialPosts, count] = await socials.listAndCountSocialPosts({}, { order: { created_at: 'DESC' } });
  res.json({ socialPosts, count });
}

export async function POST(req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> {
  const socials: SocialsService = req.scope.resolve(SOCIALS_MODULE);
  const input = parsed(CreateSocialPost, req.body);
  const { result } = await createSocialPostWorkflow(req.scope).run({ input });
  res.status(201).json({ socialPost: await socials.retrieveSocialPost(result.id) });
}
