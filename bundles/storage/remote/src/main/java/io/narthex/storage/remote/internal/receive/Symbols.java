package io.narthex.storage.remote.internal.receive;

import io.narthex.model.LabelNames;
import io.narthex.storage.remote.internal.series.Fingerprint;
import io.narthex.storage.remote.internal.wire.MalformedMessageException;
import io.narthex.storage.remote.internal.wire.Wire;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The symbol table of one request of remote write 2.0: where in the message each symbol is. A
 * symbol's fingerprint and text are made when they are first asked for.
 */
final class Symbols {

  /** Memory for a symbol in the tables below. */
  private static final int BYTES_EACH = 4 + 4 + 8 + 8 + 8;

  private static final int SYMBOL = 4 << 3 | Wire.BYTES;
  private static final int KEPT = 1 << 15;

  /** Tells the fingerprints of symbols from others. */
  private static final int KIND = 2;

  private final Fingerprint fingerprint;
  private final Wire wire = new Wire();
  private byte[] data = new byte[0];
  private int size;
  private int[] from = new int[0];
  private int[] to = new int[0];

  /** 0 as long as the fingerprint was not asked for. */
  private long[] a = new long[0];

  private long[] b = new long[0];
  private @Nullable String[] texts = new String[0];

  Symbols(Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
  }

  /** Finds the symbols of a message. */
  void read(byte[] message, int length, ByteBudget.Share share)
      throws MalformedMessageException, RefusedException {
    clear();
    data = message;
    int n = count(message, length);
    share.hold(length + (long) n * BYTES_EACH);
    if (from.length < n) {
      from = new int[n];
      to = new int[n];
      a = new long[n];
      b = new long[n];
      texts = new String[n];
    }
    Wire w = wire;
    w.reset(message, 0, length);
    int i = 0;
    while (!w.atEnd()) {
      long tag = w.varint();
      if (tag == SYMBOL) {
        int end = w.lengthEnd();
        from[i] = w.pos;
        to[i++] = end;
        w.pos = end;
      } else {
        w.skip((int) tag);
      }
    }
    size = n;
  }

  private int count(byte[] message, int length) throws MalformedMessageException {
    Wire w = wire;
    w.reset(message, 0, length);
    int n = 0;
    while (!w.atEnd()) {
      long tag = w.varint();
      n += tag == SYMBOL ? 1 : 0;
      w.skip((int) tag);
    }
    return n;
  }

  private void clear() {
    if (from.length > KEPT) {
      from = new int[0];
      to = new int[0];
      a = new long[0];
      b = new long[0];
      texts = new String[0];
    } else {
      for (int i = 0; i < size; i++) {
        a[i] = 0;
        texts[i] = null;
      }
    }
    size = 0;
  }

  int size() {
    return size;
  }

  boolean has(long reference) {
    return reference >= 0 && reference < size;
  }

  long a(int symbol) {
    if (a[symbol] == 0) {
      fingerprint.hash(data, from[symbol], to[symbol], KIND);
      a[symbol] = fingerprint.a;
      b[symbol] = fingerprint.b;
    }
    return a[symbol];
  }

  /** The second hash; {@link #a} must have been called. */
  long b(int symbol) {
    return b[symbol];
  }

  boolean isUtf8(int symbol) {
    return LabelNames.isUtf8(data, from[symbol], to[symbol] - from[symbol]);
  }

  String text(int symbol) {
    String text = texts[symbol];
    if (text == null) {
      text = new String(data, from[symbol], to[symbol] - from[symbol], StandardCharsets.UTF_8);
      texts[symbol] = text;
    }
    return text;
  }
}
