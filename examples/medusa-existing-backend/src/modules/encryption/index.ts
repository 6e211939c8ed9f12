import { Module } from '@medusajs/framework/utils';
import EncryptionService from './service';

export type { EncryptedData } from './service';

export const ENCRYPTION_MODULE = 'encryption';

export default Module(ENCRYPTION_MODULE, { service: EncryptionService });
