// What staff do in a shop, by the same routes as the admin's pages use.

/** A person who is signed in to a shop's admin. */
export class Admin {
  #url;
  #token = '';

  /** @param {string} url */
  constructor(url) {
    this.#url = url;
  }

  /** @param {{ email: string, password: string }} login */
  async signIn(login) {
    const { token } = await this.call('/auth/user/emailpass', login);
    this.#token = token;
  }

  /**
   * @param {string} path
   * @param {object} [body] makes it a POST
   * @returns {Promise<any>}
   */
  async call(path, body) {
    const response = await fetch(this.#url + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        ...(this.#token ? { authorization: `Bearer ${this.#token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    /** @type {any} */
    const answer = await response.json();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${answer.message}`);
    return answer;
  }

  /** Goes to X and back, as a browser does. @returns {Promise<string>} the account */
  async connect() {
    const { location } = await this.call('/admin/twitter/oauth');
    const page = new URL((await fetch(location)).url);
    const id = page.searchParams.get('connected');
    if (!id) throw new Error(`Connecting ended at ${page}`);
    return id;
  }

  /** @param {object} post */
  async draft(post) {
    const created = await this.call('/admin/twitter/posts', post);
    return created.post;
  }

  /** @param {object} post */
  async publish(post) {
    const { id } = await this.draft(post);
    const published = await this.call(`/admin/twitter/posts/${id}/publish`, { wait: true });
    return published.post;
  }
}
