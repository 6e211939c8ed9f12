import { useEffect, useState } from 'react';

/** Whether something has been so for a time. */
export function useAfter(ms: number, isSo: boolean): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    setOver(false);
    if (!isSo) return;
    const timer = setTimeout(() => setOver(true), ms);
    return () => clearTimeout(timer);
  }, [ms, isSo]);
  return isOver;
}
