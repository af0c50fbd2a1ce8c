/**
 * The types of what the server and the page exchange. There is no code here. A test compares them with what the server
 * sends: a key with `?` may be left out.
 *
 * @typedef {{site: string, service: string, version: string, action: string}} Of which action
 *
 * @typedef {{
 *   name: string, type: string, required?: boolean, nullable?: boolean, deprecated?: boolean, token?: boolean,
 *   format?: string, description?: string, values?: string[],
 * }} Field a parameter, or a field of a data type; the description lists `values`, but others may be valid
 *
 * @typedef {{fields: Field[]}} DataType
 *
 * @typedef {{name: string, title: string, is_emulator: boolean, region: string | null}} Target
 *
 * @typedef {Record<string, Record<string, boolean | string>>} Secrets whether parameters are secret, by the data type that has
 * them, or an empty name; a parameter that leads to such ones has the name of its data type
 *
 * @typedef {Of & {
 *   access: "read" | "write", region: string | null, request: Field[], response: {name: string, type: string}[],
 *   examples: {title: string | null, request: string}[], secrets: Secrets, regions: string[],
 *   languages: {name: string, title: string}[], targets: Target[], target: string, can_write: boolean,
 * }} ActionData the JSON of an action's page
 *
 * @typedef {{
 *   of: Of, target: string, region: string | null, parameters: string, language?: string, confirmed?: string,
 * }} CallBody what the server is asked with about a call: code is of a `language`, a write is `confirmed` for a host
 *
 * @typedef {{error: string}} Failure the answer to a request that failed
 *
 * @typedef {{
 *   path: string, kind: "missing" | "unknown" | "type" | "null", expected?: string, similar?: string[],
 * }} Problem where a value deviates from its documentation: the `expected` type, or `similar` names
 *
 * @typedef {{problems: Problem[], total: number}} Checked the first problems, and how many there are
 *
 * @typedef {{of: Of, text: string}} PasteBody
 *
 * @typedef {{
 *   of: Of, region: string | null, parameters: string, secrets: Secrets,
 * }} Pasted what a text says: parameters of an action, and which of those are secret
 *
 * @typedef {{line: string, headers: [name: string, value: string][], body: string}} RawRequest
 *
 * @typedef {{
 *   canonical_request: string, string_to_sign: string, day: string, service: string, scope: string,
 *   signed_headers: string, signature: string, authorization: string, secret_id: string, timestamp: string,
 * }} Signature
 *
 * @typedef {{request: RawRequest, signature: Signature}} Signed
 *
 * @typedef {{code: string, file: string}} Code
 *
 * @typedef {{
 *   code: string | null, message: string, meaning: string | null, try: string | null, may_have_acted: boolean,
 *   client_token: string | null,
 * }} CallError
 *
 * @typedef {{
 *   emulated: boolean, milliseconds: number, attempts: number, headers: [name: string, value: string][], body: string,
 *   deviations: Checked, status?: number, request_id?: string, error?: CallError, next?: string, items?: string,
 * }} Answer
 *
 * @typedef {{
 *   account: string, secret_id: string | null, host: string, region: string | null, service: string, action: string,
 *   parameters: string,
 * }} Confirmation
 *
 * @typedef {{confirm: Confirmation}} Unconfirmed the answer to a write that must be confirmed
 *
 * @typedef {{
 *   kind: string, service: string, version: string, name: string | null, text: string | null, href: string,
 * }} Hit
 *
 * @typedef {{hits: Hit[]}} Hits
 */

export {};
