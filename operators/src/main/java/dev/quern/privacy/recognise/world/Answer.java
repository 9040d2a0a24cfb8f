package dev.quern.privacy.recognise.world;

/** What can be said of a telephone number without libphonenumber. */
enum Answer {
  /** It is valid. */
  YES,
  /** It is not. */
  NO,
  /** The library must be asked. */
  ASK
}
