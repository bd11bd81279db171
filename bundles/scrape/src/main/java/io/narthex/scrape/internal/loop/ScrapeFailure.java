package io.narthex.scrape.internal.loop;

/** Why a scrape failed, in the words that the target's page shows. */
final class ScrapeFailure extends Exception {
  private static final long serialVersionUID = 1L;

  ScrapeFailure(String message) {
    super(message, null, false, false);
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
