import type { AdminProduct } from '@medusajs/framework/types';
import { Button, Drawer, Label, Text, Textarea, toast } from '@medusajs/ui';
import { useId, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useTexts } from '../../i18n/use-texts';
import { useAccounts } from '../../lib/accounts';
import { MAX_MEDIA } from '../../lib/draft';
import { useOneAtATime } from '../../lib/one-at-a-time';
import { useSavePost } from '../../lib/posts';
import { captionOf, draftInputOf, imagesOf } from '../../lib/product-draft';
import { newRequestKey } from '../../lib/request-key';
import { messageOf } from '../../lib/server-messages';
import { AccountField } from '../composer/account-field';
import { ImageChoice } from './image-choice';

/** Begins a post about a product, and opens it in the composer. */
export function ProductPostDrawer({ product }: { product: AdminProduct }) {
  const { t } = useTexts();
  return (
    <Drawer>
      <Drawer.Trigger asChild>
        <Button size="small" variant="secondary">
          {t('product.post')}
        </Button>
      </Drawer.Trigger>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{t('product.post')}</Drawer.Title>
          <Drawer.Description>{t('product.explanation')}</Drawer.Description>
        </Drawer.Header>
        <DraftForm product={product} />
      </Drawer.Content>
    </Drawer>
  );
}

function DraftForm({ product }: { product: AdminProduct }) {
  const texts = useTexts();
  const { t } = texts;
  const id = useId();
  const navigate = useNavigate();
  const { data: accounts = [] } = useAccounts();
  const images = imagesOf(product);
  const [chosen, setChosen] = useState(images.slice(0, MAX_MEDIA));
  const [caption, setCaption] = useState(captionOf(product));
  const [account, setAccount] = useState('');
  const accountId = account || (accounts.find(({ status }) => status === 'connected') ?? accounts[0])?.id || '';
  const [key] = useState(newRequestKey);
  const save = useSavePost();
  const { isBusy, run } = useOneAtATime();
  const onCreate = () =>
    run(async (leave) => {
      try {
        const input = draftInputOf(texts, product, { accountId, caption, images: chosen });
        const post = await save.mutateAsync({ input, key });
        leave();
        navigate(`/twitter/posts/${post.id}/edit`);
      } catch (error) {
        toast.error(t('product.notCreated'), { description: messageOf(texts, error) });
      }
    });
  return (
    <>
      <Drawer.Body className="flex flex-col gap-y-6 overflow-y-auto">
        <AccountField accounts={accounts} value={accountId} onChange={setAccount} />
        <div className="flex flex-col gap-y-2">
          <Label size="small" weight="plus" htmlFor={`${id}-caption`}>
            {t('composer.caption.label')}
          </Label>
          <Textarea id={`${id}-caption`} rows={5} value={caption} onChange={({ target }) => setCaption(target.value)} />
        </div>
        <div className="flex flex-col gap-y-2">
          <Text size="small" leading="compact" weight="plus">
            {t('product.pictures', { chosen: chosen.length, limit: MAX_MEDIA })}
          </Text>
          <ImageChoice images={images} chosen={chosen} onChange={setChosen} />
        </div>
      </Drawer.Body>
      <Drawer.Footer>
        <Drawer.Close asChild>
          <Button size="small" variant="secondary">
            {t('common.cancel')}
          </Button>
        </Drawer.Close>
        <Button size="small" disabled={accountId === '' || isBusy} isLoading={isBusy} onClick={() => void onCreate()}>
          {t('product.create')}
        </Button>
      </Drawer.Footer>
    </>
  );
}
