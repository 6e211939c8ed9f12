import type { ERROR_WORDS } from '../../../words/errors';
import type { Translated } from '../texts';

const CHANGE_POST = 'Ändern Sie den Beitrag, und veröffentlichen Sie ihn dann erneut.';
const RECONNECT = 'Verbinden Sie das Konto unter „Konten“ neu, und veröffentlichen Sie den Beitrag dann erneut.';
const ASK_OWNER = 'Der Eigentümer der App auf X muss den Tarif oder das Ausgabenlimit erhöhen.';
const LATER = 'Es wurde nichts veröffentlicht. Versuchen Sie es später noch einmal.';

export const errors: Translated<typeof ERROR_WORDS> = {
  INVALID_TWEET: { says: 'X nimmt den Beitrag so nicht an.', advice: CHANGE_POST },
  INVALID_ARGUMENT: { says: 'X nimmt den Beitrag so nicht an.', advice: CHANGE_POST },
  INVALID_MEDIA: {
    says: 'X nimmt eines der Medien nicht an.',
    advice: 'Ersetzen Sie die Datei, und veröffentlichen Sie den Beitrag dann erneut.',
  },
  MEDIA_SOURCE: {
    says: 'Die Datei konnte nicht gelesen werden.',
    advice:
      'Prüfen Sie, ob der Server die Adresse der Datei lesen kann, und veröffentlichen Sie den Beitrag dann erneut.',
  },
  MEDIA_FORBIDDEN_HOST: {
    says: 'Die Datei liegt unter einer Adresse, von der der Shop nichts liest.',
    advice: 'Verwenden Sie eine Datei des Shops oder eine unter einer öffentlichen https-Adresse.',
  },
  MEDIA_TOO_LARGE: { says: 'Die Datei ist zu groß.', advice: 'Verwenden Sie eine kleinere Datei.' },
  MEDIA_PROCESSING: {
    says: 'X konnte eines der Medien nicht verarbeiten.',
    advice: 'Exportieren Sie die Datei mit anderen Einstellungen. Dieselbe Datei scheitert wieder.',
  },
  UNAUTHORIZED: { says: 'X erkennt den Zugang des Kontos nicht mehr an.', advice: RECONNECT },
  REAUTH_REQUIRED: { says: 'X erkennt den Zugang des Kontos nicht mehr an.', advice: RECONNECT },
  MISSING_SCOPE: { says: 'Dem Konto fehlt eine Berechtigung, die dafür nötig ist.', advice: RECONNECT },
  FORBIDDEN: {
    says: 'X erlaubt das dem Konto oder der App nicht.',
    advice: 'Unter „Einzelheiten“ steht der Grund, den X nennt.',
  },
  DUPLICATE_TWEET: {
    says: 'X lehnt den Beitrag ab, weil das Konto vor Kurzem das Gleiche veröffentlicht hat.',
    advice: 'Sehen Sie in der Timeline des Kontos nach, bevor Sie den Text ändern.',
  },
  NOT_FOUND: {
    says: 'Etwas, das der Beitrag braucht, ist nicht mehr da: sein Konto oder der vorige Teil des Threads.',
    advice: 'Wählen Sie ein Konto. Wurde ein Teil auf X gelöscht, schreiben Sie den Rest als neuen Beitrag.',
  },
  RATE_LIMITED: { says: 'X bittet zu warten.', advice: 'Veröffentlichen Sie ihn später noch einmal.' },
  USAGE_CAP: { says: 'Die App hat aufgebraucht, was X ihr erlaubt.', advice: ASK_OWNER },
  NO_CREDITS: {
    says: 'Die App hat bei X kein Guthaben mehr.',
    advice:
      'Der Eigentümer der App auf X muss Guthaben kaufen. Mit automatischer Aufladung kommt es binnen Minuten: Veröffentlichen Sie ihn dann erneut.',
  },
  NETWORK: { says: 'X ist nicht erreichbar.', advice: LATER },
  TIMEOUT: { says: 'X hat nicht rechtzeitig geantwortet.', advice: LATER },
  ABORTED: { says: 'Das Veröffentlichen wurde unterbrochen.', advice: LATER },
  UPSTREAM: { says: 'X hat selbst ein Problem.', advice: LATER },
  IN_PROGRESS: {
    says: 'Der Beitrag wird gerade an anderer Stelle veröffentlicht.',
    advice: 'Sehen Sie in ein paar Minuten noch einmal nach.',
  },
  CHECKPOINT_MISMATCH: {
    says: 'Der Beitrag, seine Medien oder sein Konto haben sich geändert, nachdem ein Teil veröffentlicht war.',
    advice: 'Schreiben Sie das Fehlende als neuen Beitrag.',
  },
  UNEXPECTED_RESPONSE: { says: 'X hat eine unverständliche Antwort gegeben.', advice: LATER },
  UNKNOWN_OUTCOME: { says: 'X hat den Beitrag vielleicht veröffentlicht, es aber nicht bestätigt.', advice: '' },
  INTERNAL: { says: 'Das Veröffentlichen ist an einem Softwarefehler gescheitert.', advice: '' },
  INVALID_DATA: { says: 'Der Beitrag verstößt gegen eine Regel von X.', advice: CHANGE_POST },
  CONFLICT: {
    says: 'Der Beitrag wurde geändert oder wird gerade an anderer Stelle veröffentlicht.',
    advice: 'Laden Sie ihn neu.',
  },
  NOT_ALLOWED: { says: 'Der Beitrag kann jetzt nicht veröffentlicht werden.', advice: '' },
  REVERTED: { says: 'Das Veröffentlichen wurde unterbrochen, bevor etwas gesendet war.', advice: LATER },
  OTHER: { says: 'Das Veröffentlichen ist fehlgeschlagen.', advice: '' },
};
