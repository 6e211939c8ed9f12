/** What a shop adds to a request for its own hooks. */
export interface AdditionalData {
  additional_data?: Record<string, unknown> | null;
}
