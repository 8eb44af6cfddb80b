package dev.signalbox.api.model;

/**
 * One request, or something that happens by itself.
 *
 * @param who the role of the caller, and the caller's name
 * @param variant which of the forms of the verb
 * @param how what stands around it
 */
record Step(Verb verb, String who, int variant, How how) {

  /** What stands around a request. */
  enum How {
    /** Nothing. */
    PLAIN,
    /** It names the version that was seen last. */
    AT_VERSION,
    /** It names a version that is no more. */
    AT_STALE_VERSION,
    /** It names the claim that was seen last. */
    UNDER_CLAIM,
    /** It names a claim that is no more. */
    UNDER_OLD_CLAIM,
    /** It comes twice under one key. */
    TWICE
  }
}
