/**
 * Requests to the explorer's server.
 */

import { word } from "./words.js";

/** Error of a request: the server refused it, or did not respond. */
export class ApiError extends Error {
  /**
   * @param {string} message
   * @param {number} status 0 without a response
   * @param {any} [data] the JSON of the response
   */
  constructor(message, status, data) {
    super(message);
    this.status = status;
    this.data = data;
  }
}

/**
 * Sends a request and returns the text of the response.
 * @param {string} path
 * @param {RequestInit} [init]
 * @returns {Promise<string>}
 */
async function send(path, init) {
  let response, text;
  try {
    response = await fetch(path, init);
    text = await response.text();
  } catch (error) {
    const isAbort = error instanceof DOMException && error.name === "AbortError";
    throw isAbort ? error : new ApiError(word("server-gone"), 0);
  }
  if (response.ok) return text;
  /** @type {any} */
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    data = undefined;
  }
  throw new ApiError(String(data?.error ?? word("server-error", { status: response.status })), response.status, data);
}

/**
 * Gets text.
 * @param {string} path
 * @param {AbortSignal} [signal]
 */
export const getText = (path, signal) => send(path, { signal: signal ?? null });

/**
 * Gets JSON. The responses contain no values of a call, so their numbers lose no digits.
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export const get = async (path, signal) => JSON.parse(await getText(path, signal));

/**
 * Posts JSON text and gets text.
 * @param {string} path
 * @param {string} body
 * @param {AbortSignal} [signal]
 */
export const postText = (path, body, signal) =>
  send(path, { method: "POST", headers: { "Content-Type": "application/json" }, body, signal: signal ?? null });

/**
 * Posts JSON and gets JSON. In it, parameters and response bodies of calls are texts, so they lose no digits.
 * @param {string} path
 * @param {unknown} body
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>}
 */
export const post = async (path, body, signal) => JSON.parse(await postText(path, JSON.stringify(body), signal));

/**
 * Returns the message of an error.
 * @param {unknown} error
 */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));
