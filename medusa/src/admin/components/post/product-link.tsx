import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router-dom';
import { useTexts } from '../../i18n/use-texts';
import { api } from '../../lib/api';
import { keys } from '../../lib/keys';

/** The product that a post is about, by its title. */
export function ProductLink({ id }: { id: string }) {
  const { t } = useTexts();
  const { data: title } = useQuery({
    queryKey: keys.product(id),
    queryFn: ({ signal }) =>
      api<{ product: { title: string } }>(`/admin/products/${id}`, { query: { fields: 'id,title' }, signal }),
    select: ({ product }) => product.title,
  });
  return (
    <Link className="underline" to={`/products/${id}`}>
      {title ?? t('post.product')}
    </Link>
  );
}
