/**
 * The types of what the server and the page exchange. There is no code here.
 *
 * @typedef {{site: string, service: string, version: string, action: string}} Of which action
 *
 * @typedef {{
 *   name: string, type: string, required?: boolean, nullable?: boolean, deprecated?: boolean, format?: string,
 *   description?: string, token?: boolean,
 * }} Field a parameter, or a field of a data type
 *
 * @typedef {{name: string, description?: string, fields: Field[]}} DataType
 *
 * @typedef {{name: string, title: string, is_emulator?: boolean, secret_id?: string, region?: string}} Target
 *
 * @typedef {Of & {
 *   access: "read" | "write", region: string, rate_limit?: number, description?: string,
 *   request: Field[], response: Field[],
 *   errors: {code: string, description?: string}[],
 *   examples: {title?: string, request: string, response?: string}[],
 *   paginated: boolean, regions: string[], languages: {name: string, title: string}[],
 *   targets: Target[], target: string, can_write: boolean,
 * }} ActionData the JSON of an action's page
 *
 * @typedef {{of: Of, target: string, region: string | null, parameters: string}} CallBody
 *
 * @typedef {{path: string, message: string, similar?: string[]}} Problem
 *
 * @typedef {{of: Of, region?: string, parameters: string, notes?: string[]}} Pasted
 *
 * @typedef {{line: string, headers: [name: string, value: string][], body: string}} RawRequest
 *
 * @typedef {{
 *   canonical_request: string, string_to_sign: string, day: string, service: string, scope: string,
 *   signed_headers: string, signature: string, authorization: string, secret_id: string, timestamp: string | number,
 * }} Signature
 *
 * @typedef {{
 *   kind: string, code?: string, message: string, meaning?: string, try?: string, may_have_acted?: boolean,
 * }} CallError
 *
 * @typedef {{
 *   id?: string, request_id?: string, status?: number, milliseconds: number, attempts: number,
 *   headers: [name: string, value: string][], body: string, error?: CallError,
 *   deviations: {path: string, problem: string}[], next?: string, items?: string, emulated: boolean,
 * }} Answer
 *
 * @typedef {{account: string, region: string | null, service: string, action: string, parameters: string}} Confirmation
 *
 * @typedef {{kind: string, service: string, version: string, name?: string, text?: string, href: string}} Hit
 */

export {};
