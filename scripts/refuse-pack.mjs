// Before the package itself is packed or published from the repository, where it does not name its binaries.
import { refuse } from './lib/requirements.mjs';

refuse('Not packed: `npm run pack` makes the tarballs that are published, and names the packages with the binaries.');
