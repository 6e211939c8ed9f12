import { Button, Prompt } from '@medusajs/ui';
import type { ComponentProps, ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts';

interface ConfirmButtonProps
  extends Pick<ComponentProps<typeof Button>, 'variant' | 'size' | 'disabled' | 'isLoading'> {
  /** What the button says. */
  children: ReactNode;
  title: string;
  /** What it means to say yes. */
  description: string;
  confirm: string;
  danger?: boolean;
  onConfirm: () => void;
}

/** A button whose effect is explained before it happens. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { t } = useTexts();
  const { children, title, description, confirm, danger = false, onConfirm, ...button } = props;
  return (
    <Prompt variant={danger ? 'danger' : 'confirmation'}>
      <Prompt.Trigger asChild>
        <Button size="small" variant="secondary" {...button}>
          {children}
        </Button>
      </Prompt.Trigger>
      <Prompt.Content>
        <Prompt.Header>
          <Prompt.Title>{title}</Prompt.Title>
          <Prompt.Description>{description}</Prompt.Description>
        </Prompt.Header>
        <Prompt.Footer>
          <Prompt.Cancel>{t('common.cancel')}</Prompt.Cancel>
          <Prompt.Action onClick={onConfirm}>{confirm}</Prompt.Action>
        </Prompt.Footer>
      </Prompt.Content>
    </Prompt>
  );
}
