package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.Exemplar;

/** The order that exemplars of one series must come in: time, then value, then hash of labels. */
final class ExemplarOrder {

  private ExemplarOrder() {}

  static boolean isOlder(Exemplar e, Exemplar newest) {
    if (e.timestamp() != newest.timestamp()) {
      return e.timestamp() < newest.timestamp();
    }
    if (e.value() != newest.value()) {
      return e.value() < newest.value();
    }
    return Long.compareUnsigned(e.labels().stableHash(), newest.labels().stableHash()) < 0;
  }
}
