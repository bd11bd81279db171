package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.Exemplar;

/** The order that exemplars of one series must come in: time, then value, then hash of labels. */
final class ExemplarOrder {

  private ExemplarOrder() {}

  /**
   * @param window by how much an exemplar may be older than the newest one
   */
  static boolean isOlder(Exemplar e, Exemplar newest, long window) {
    if (e.timestamp() != newest.timestamp()) {
      return e.timestamp() < newest.timestamp() - window;
    }
    if (e.value() != newest.value()) {
      return e.value() < newest.value();
    }
    return Long.compareUnsigned(e.labels().stableHash(), newest.labels().stableHash()) < 0;
  }
}
