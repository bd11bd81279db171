package io.narthex.storage.remote.internal.receive;

import io.narthex.model.Labels;
import io.narthex.storage.remote.internal.series.Fingerprint;
import io.narthex.storage.remote.internal.wire.MalformedMessageException;
import io.narthex.storage.remote.internal.wire.Wire;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The labels of a series or exemplar of remote write 2.0, as references to symbols. */
final class References {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIELD = 1;

  /** Tells the fingerprints of lists of symbols from others. */
  private static final int KIND = 3;

  private final Symbols symbols;
  private final LabelSet labels;
  private long[] refs = new long[64];
  private int size;
  private byte[] hashes = new byte[64 * 16 + Fingerprint.SLACK];

  References(Symbols symbols, LabelSet labels) {
    this.symbols = symbols;
    this.labels = labels;
  }

  void clear() {
    size = 0;
  }

  /** Takes in the references of a message, of which everything else is stepped over. */
  void readAll(Wire w) throws MalformedMessageException, RefusedException {
    clear();
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      if (tag >>> 3 == FIELD) {
        read(w, tag & 7);
      } else {
        w.skip(tag);
      }
    }
  }

  /** Takes in the references of the field whose tag was just read. */
  void read(Wire w, int type) throws MalformedMessageException, RefusedException {
    if (type != Wire.BYTES) {
      if (type != Wire.VARINT) {
        throw new MalformedMessageException(
            "proto: wrong wireType = " + type + " for field LabelsRefs");
      }
      add(w.varint());
      return;
    }
    int outer = w.end;
    w.end = w.lengthEnd();
    while (!w.atEnd()) {
      add(w.varint());
    }
    w.end = outer;
  }

  private void add(long ref) throws RefusedException {
    if (size == refs.length) {
      if (size >= 2 * LabelSet.MAX_LABELS) {
        throw new RefusedException(400, "more than " + LabelSet.MAX_LABELS + " labels in one set");
      }
      refs = Arrays.copyOf(refs, size * 2);
    }
    refs[size++] = ref & 0xFFFFFFFFL;
  }

  /** Why these are no references of names and values, null if they are. */
  @Nullable String problem() {
    if (size % 2 != 0) {
      return "invalid labelRefs length " + size;
    }
    for (int i = 0; i < size; i += 2) {
      if (!symbols.has(refs[i]) || !symbols.has(refs[i + 1])) {
        return "labelRefs "
            + refs[i]
            + " (name) = "
            + refs[i + 1]
            + " (value) outside of symbols table (size "
            + symbols.size()
            + ")";
      }
    }
    return null;
  }

  /** The fingerprint of the labels' texts, in their order; there must be no problem. */
  void hash(Fingerprint fingerprint) {
    int n = size * 16;
    if (hashes.length < n + Fingerprint.SLACK) {
      hashes = new byte[n * 2 + Fingerprint.SLACK];
    }
    byte[] h = hashes;
    for (int i = 0; i < size; i++) {
      int symbol = (int) refs[i];
      LONG.set(h, i * 16, symbols.a(symbol));
      LONG.set(h, i * 16 + 8, symbols.b(symbol));
    }
    fingerprint.hash(h, 0, n, KIND);
  }

  /** The labels; there must be no problem. What may be wrong with them is in the label set. */
  Labels labels() throws RefusedException {
    labels.clear();
    for (int i = 0; i < size; i += 2) {
      int name = (int) refs[i];
      int value = (int) refs[i + 1];
      if (!symbols.isUtf8(name) || !symbols.isUtf8(value)) {
        labels.markMalformed();
      }
      labels.add(symbols.text(name), symbols.text(value));
    }
    return labels.build();
  }

  /** The references, as the reference's messages show them. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder("[");
    for (int i = 0; i < size; i++) {
      out.append(i == 0 ? "" : " ").append(refs[i]);
    }
    return out.append(']').toString();
  }
}
