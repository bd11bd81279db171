package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.StorageException;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.block.Intervals;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrderSamples;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrderSeries;
import java.io.IOException;

/**
 * Reads the samples of one series of the head that has out-of-order ones: two sorted runs as one.
 * Where both have a time, the sample that came in order is taken. A histogram that follows one of
 * the other run says nothing of a reset.
 */
final class OutOfOrderCursor implements SampleCursor {

  private final HeadCursor inOrder;
  private final OutOfOrderSamples late;
  private final Intervals deleted;
  private final SampleBatch batch = new SampleBatch();

  /** The next sample of {@link #batch}; -1 at the end of the in-order samples. */
  private int at;

  /** The next sample of {@link #late}. */
  private int lateAt;

  private boolean started;
  private boolean lastWasLate;

  /**
   * @param inOrder set on the same series and range
   * @param reader the last commit that is seen
   */
  OutOfOrderCursor(
      HeadCursor inOrder,
      OutOfOrderSeries series,
      Intervals deleted,
      long from,
      long to,
      long reader)
      throws StorageException {
    this.inOrder = inOrder;
    this.deleted = deleted;
    try {
      late = series.read(from, to, reader);
    } catch (IOException e) {
      throw new StorageException(StorageException.Kind.CORRUPT, "head: " + e.getMessage(), e);
    }
  }

  /** The cursor inside, to be used again. */
  HeadCursor inner() {
    return inOrder;
  }

  @Override
  public boolean next(SampleBatch out) throws StorageException {
    out.clear();
    if (!started) {
      started = true;
      fill();
    }
    while (!out.isFull()) {
      boolean more = lateAt < late.size;
      if (at < 0 && !more) {
        break;
      }
      if (at >= 0 && (!more || batch.timestamps[at] <= late.times[lateAt])) {
        if (more && batch.timestamps[at] == late.times[lateAt]) {
          lateAt++;
        }
        FloatHistogram h = batch.histograms == null ? null : batch.histograms[at];
        if (h == null) {
          out.add(batch.timestamps[at], batch.values[at]);
        } else {
          out.add(batch.timestamps[at], lastWasLate ? unknown(h) : h);
        }
        lastWasLate = false;
        if (++at == batch.size) {
          fill();
        }
      } else {
        addLate(out);
      }
    }
    return out.size > 0;
  }

  private void addLate(SampleBatch out) {
    int i = lateAt++;
    if (deleted.has(late.times[i])) {
      return;
    }
    Object h = late.histogram(i);
    if (h == null) {
      out.add(late.times[i], Double.longBitsToDouble(late.bits[i]));
    } else {
      // Its neighbours may be of other chunks: what these said of a reset does not hold here.
      out.add(
          late.times[i],
          unknown(h instanceof Histogram integer ? integer.toFloat() : (FloatHistogram) h));
    }
    lastWasLate = true;
  }

  private static FloatHistogram unknown(FloatHistogram h) {
    return h.hint() == CounterResetHint.GAUGE || h.hint() == CounterResetHint.UNKNOWN
        ? h
        : new FloatHistogram(
            CounterResetHint.UNKNOWN,
            h.schema(),
            h.zeroThreshold(),
            h.zeroCount(),
            h.count(),
            h.sum(),
            h.positiveSpans(),
            h.negativeSpans(),
            h.positiveCounts(),
            h.negativeCounts(),
            h.customValues());
  }

  private void fill() throws StorageException {
    at = inOrder.next(batch) ? 0 : -1;
  }

  @Override
  public void seek(long timestamp) throws StorageException {
    inOrder.seek(timestamp);
    while (lateAt < late.size && late.times[lateAt] < timestamp) {
      lateAt++;
    }
    while (started && at >= 0 && batch.timestamps[at] < timestamp) {
      if (++at == batch.size) {
        fill();
      }
    }
  }
}
