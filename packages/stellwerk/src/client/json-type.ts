/** What JSON can hold, with optional members. */
type JsonPrimitive = string | number | boolean | null | undefined

/** True where every value of T survives JSON: no functions, symbols, bigints, Dates, Maps, Sets or class instances with methods. */
export type IsJson<T> = 0 extends 1 & T
  ? true // any: nothing can be said
  : unknown extends T
    ? true // unknown: checked at run time
    : [T] extends [JsonPrimitive]
      ? true
      : T extends JsonPrimitive
        ? true
        : T extends
              | bigint
              | symbol
              | Date
              | ReadonlyMap<unknown, unknown>
              | ReadonlySet<unknown>
              | ((...args: never) => unknown)
          ? false
          : T extends object
            ? false extends { [K in keyof T]-?: IsJson<T[K]> }[keyof T & (string | number)]
              ? false
              : true
            : false

/** What a schema whose input is not JSON is told at compile time. */
export interface PayloadMustBeJson {
  readonly 'a payload must be JSON: take an ISO string in place of a Date, a list in place of a Map or Set, a string in place of a bigint': never
}

/** `unknown` where T is JSON, else a type that nothing satisfies and whose name says why. */
export type RequireJson<T> = false extends IsJson<T> ? PayloadMustBeJson : unknown
