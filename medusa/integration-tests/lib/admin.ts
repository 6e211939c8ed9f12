import type { MedusaContainer } from '@medusajs/framework/types';
import { Modules } from '@medusajs/framework/utils';

const EMAIL = 'staff@example.test';
const PASSWORD = 'not a secret';

/** Creates a member of staff and signs them in. */
// biome-ignore lint/suspicious/noExplicitAny: the runner gives an axios instance without its type
export async function signIn(container: MedusaContainer, api: any): Promise<{ headers: { authorization: string } }> {
  const [user] = await container.resolve(Modules.USER).createUsers([{ email: EMAIL }]);
  const auth = container.resolve(Modules.AUTH);
  const { authIdentity } = await auth.register('emailpass', { body: { email: EMAIL, password: PASSWORD } });
  await auth.updateAuthIdentities([{ id: authIdentity?.id as string, app_metadata: { user_id: user?.id } }]);
  const { data } = await api.post('/auth/user/emailpass', { email: EMAIL, password: PASSWORD });
  return { headers: { authorization: `Bearer ${data.token}` } };
}
