import { Check } from '@medusajs/icons';
import { clx, Text } from '@medusajs/ui';
import { useTexts } from '../../i18n/use-texts';
import { MAX_MEDIA } from '../../lib/draft';
import type { ProductImage } from '../../lib/product-draft';

interface ImageChoiceProps {
  images: ProductImage[];
  /** In the order in which they will appear in the post. */
  chosen: ProductImage[];
  onChange: (chosen: ProductImage[]) => void;
}

/** Chooses up to four pictures, in an order. */
export function ImageChoice({ images, chosen, onChange }: ImageChoiceProps) {
  const { t } = useTexts();
  const placeOf = ({ id }: ProductImage) => chosen.findIndex((image) => image.id === id);
  const toggle = (image: ProductImage) =>
    onChange(placeOf(image) < 0 ? [...chosen, image] : chosen.filter(({ id }) => id !== image.id));
  if (images.length === 0) {
    return (
      <Text size="small" className="text-ui-fg-subtle">
        {t('product.noPictures')}
      </Text>
    );
  }
  return (
    <ul aria-label={t('product.pictureList')} className="grid grid-cols-4 gap-2">
      {images.map((image, index) => {
        const place = placeOf(image);
        const isChosen = place >= 0;
        return (
          <li key={image.id}>
            <button
              type="button"
              aria-pressed={isChosen}
              aria-label={t('product.picture', { number: index + 1 })}
              disabled={!isChosen && chosen.length >= MAX_MEDIA}
              onClick={() => toggle(image)}
              className={clx(
                'relative block aspect-square w-full overflow-hidden rounded-md border disabled:opacity-40',
                isChosen ? 'border-ui-border-interactive ring-2 ring-ui-border-interactive' : 'border-ui-border-base',
              )}
            >
              <img src={image.url} alt="" className="h-full w-full object-cover" />
              {isChosen && (
                <span className="bg-ui-bg-interactive text-ui-fg-on-color txt-compact-xsmall-plus absolute right-1 top-1 flex h-5 w-5 items-center justify-center rounded-full">
                  {chosen.length > 1 ? place + 1 : <Check />}
                </span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
