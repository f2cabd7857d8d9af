package io.leeway.policy.verdict;

/** How much verdicts say. Which of them are breaches is the same. */
enum Telling {
  /** Everything. */
  WHOLLY,
  /**
   * Of breaches everything; of others no sentence, not what would have been found, and no numbers
   * where a look shows that no breach can come of them.
   */
  BRIEFLY
}
