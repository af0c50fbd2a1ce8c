/**
 * Types of the JSON that the server and the page exchange. A key with `?` is optional. A test compares the types with the
 * responses of the server.
 *
 * @typedef {{site: string, service: string, version: string, action: string}} ActionId
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
 * @typedef {Record<string, Record<string, boolean | string>>} Secrets whether parameters are secret, by their data
 * type, or by an empty name for those of the action; a parameter that leads to such ones has the name of its data type
 *
 * @typedef {ActionId & {
 *   access: "read" | "write", region: string | null, request: Field[], response: {name: string, type: string}[],
 *   examples: {title: string | null, request: string}[], secrets: Secrets, regions: string[],
 *   languages: {name: string, title: string}[], targets: Target[], target: string, can_write: boolean,
 * }} ActionData the data of an action's page
 *
 * @typedef {{
 *   of: ActionId, target: string, region: string | null, parameters: string, language?: string, confirmed?: string,
 * }} CallBody the body of requests about a call: `language` of the code, and `confirmed` host of a write
 *
 * @typedef {{error: string}} Failure the response to a request that failed
 *
 * @typedef {{
 *   path: string, kind: "missing" | "unknown" | "type" | "null", expected?: string, similar?: string[],
 * }} Problem a deviation from the documentation, with the `expected` type or `similar` names
 *
 * @typedef {{problems: Problem[], total: number}} Checked the first problems, and the number of all
 *
 * @typedef {{of: ActionId, text: string}} PasteBody
 *
 * @typedef {{
 *   of: ActionId, region: string | null, parameters: string, secrets: Secrets,
 * }} Pasted the parsed text: an action, its parameters, and which of them are secret
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
 * }} CallResult
 *
 * @typedef {{
 *   account: string, secret_id: string | null, host: string, region: string | null, service: string, action: string,
 *   parameters: string,
 * }} Confirmation
 *
 * @typedef {{confirm: Confirmation}} Unconfirmed the response to a write that the user must confirm
 *
 * @typedef {{
 *   kind: string, service: string, version: string, name: string | null, text: string | null, href: string,
 * }} Hit
 *
 * @typedef {{hits: Hit[]}} Hits
 */

export {};
