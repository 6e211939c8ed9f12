// Read by Medusa's dashboard, which adds it to its own texts: https://docs.medusajs.com/learn/fundamentals/admin/translations
// No other file of this folder may be called `index`: the dashboard takes each of that name for texts.
import { en } from './english';
import { de } from './german';
import { NAMESPACE } from './texts';

export default { en: { [NAMESPACE]: en }, de: { [NAMESPACE]: de } };
