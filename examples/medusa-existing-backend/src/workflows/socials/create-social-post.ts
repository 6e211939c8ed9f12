import {
  createHook,
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
} from '@medusajs/framework/workflows-sdk';
import { SOCIALS_MODULE } from '../../modules/socials';
import type SocialsService from '../../modules/socials/service';
import type { MediaAttachment } from '../../types/socials';

/** What a new post is made of. */
export interface CreateSocialPostInput {
  platform_id: string;
  name: string;
  caption?: string;
  media_attachments?: MediaAttachment[];
  status?: 'draft' | 'scheduled';
  metadata?: Record<string, unknown>;
}

const createSocialPostStep = createStep(
  'create-social-post-step',
  async (input: CreateSocialPostInput, { container }) => {
    const socials: SocialsService = container.resolve(SOCIALS_MODULE);
    // biome-ignore lint/suspicious/noExplicitAny: the model's JSON columns are typed as objects, not as arrays
    const post = await socials.createSocialPosts(input as any);
    return new StepResponse(post, post.id);
  },
  async (id, { container }) => {
    const socials: SocialsService = container.resolve(SOCIALS_MODULE);
    if (id) await socials.softDeleteSocialPosts(id);
  },
);

/** Makes a post, and tells those who listen to `socialPostCreated`. */
export const createSocialPostWorkflow = createWorkflow('create-social-post', (input: CreateSocialPostInput) => {
  const post = createSocialPostStep(input);
  const socialPostCreated = createHook('socialPostCreated', { post });
  return new WorkflowResponse(post, { hooks: [socialPostCreated] });
});
