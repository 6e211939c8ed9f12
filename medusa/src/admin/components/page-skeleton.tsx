import { Container, Skeleton } from '@medusajs/ui';

/** Stands where a page is still being read. */
export function PageSkeleton() {
  return (
    <Container aria-busy="true" aria-label="Loading" className="flex flex-col gap-y-4 p-6">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="h-24 w-full" />
      <Skeleton className="h-24 w-full" />
    </Container>
  );
}
