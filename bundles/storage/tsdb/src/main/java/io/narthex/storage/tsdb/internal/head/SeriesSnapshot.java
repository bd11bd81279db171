package io.narthex.storage.tsdb.internal.head;

import static io.narthex.storage.tsdb.internal.head.SeriesRows.BYTE;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.INT;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.LONG;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.SHORT;

import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import io.narthex.storage.tsdb.internal.chunk.XorReader;
import io.narthex.storage.tsdb.internal.head.OpenHistograms.OpenHistogram;
import io.narthex.storage.tsdb.internal.memory.Blocks;
import io.narthex.storage.tsdb.internal.memory.Pages;
import io.narthex.storage.tsdb.internal.memory.SeqLock;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a row said of its series' chunks at one moment. Reused, by one thread. */
final class SeriesSnapshot {

  byte kind;
  long lastTime;
  long lastValue;
  int closed;

  /** Whether there is an open chunk; the next three are of it. */
  boolean hasOpen;

  long openMinTime;
  int openSamples;
  int openLength;

  /** Used bits of the open chunk if it is of floats. */
  int openBits;

  /** A copy of the open chunk's data if it is of histograms, else null. */
  byte @Nullable [] openHistograms;

  /** Reads the row without the open chunk's data. */
  void read(SeriesRows rows, int row) {
    MemorySegment page = rows.page(row);
    long o = SeriesRows.offset(row);
    int version;
    do {
      version = SeqLock.beginRead(page, o);
      fields(page, o);
    } while (!SeqLock.endRead(page, o, version));
  }

  /**
   * Reads the row and the open chunk's data: of floats into the reader's buffer, of histograms into
   * an array of its own.
   */
  void read(
      SeriesRows rows, ChunkMemory chunks, OpenHistograms histograms, int row, XorReader reader) {
    MemorySegment page = rows.page(row);
    long o = SeriesRows.offset(row);
    while (true) {
      int version = SeqLock.beginRead(page, o);
      fields(page, o);
      int block = page.get(INT, o + SeriesRows.OPEN);
      openHistograms = null;
      if (block != 0 && kind >= SeriesRows.HISTOGRAM) {
        OpenHistogram open = histograms.get(block);
        if (open == null) {
          continue;
        }
        HistogramChunk chunk = open.chunk;
        byte[] data = chunk.array();
        openLength = chunk.length();
        openHistograms = Arrays.copyOf(data, openLength);
      } else if (block != 0) {
        long address = Blocks.address(block);
        long from = Pages.offset(address);
        MemorySegment source = chunks.open.pages().segment(address);
        // The row may be torn here, but a block never ends behind its page's end.
        int length = (int) Math.min(openLength, source.byteSize() - from);
        MemorySegment.copy(source, BYTE, from, reader.buffer(openLength), 0, length);
      }
      if (SeqLock.endRead(page, o, version)) {
        return;
      }
    }
  }

  private void fields(MemorySegment page, long o) {
    kind = page.get(BYTE, o + SeriesRows.KIND);
    lastTime = page.get(LONG, o + SeriesRows.LAST_T);
    lastValue = page.get(LONG, o + SeriesRows.LAST_V);
    closed = page.get(INT, o + SeriesRows.CLOSED);
    hasOpen = page.get(INT, o + SeriesRows.OPEN) != 0;
    openMinTime = page.get(LONG, o + SeriesRows.MIN_T);
    openSamples = page.get(SHORT, o + SeriesRows.SAMPLES);
    openBits = page.get(SHORT, o + SeriesRows.BITS) & 0xFFFF;
    openLength = (openBits + 7) >>> 3;
  }

  /** Whether the series has a chunk that reaches into the time range. */
  boolean overlaps(ChunkMemory chunks, long start, long end) {
    if (kind == SeriesRows.NO_SAMPLE || lastTime < start) {
      return false;
    }
    if (hasOpen && openMinTime <= end) {
      return true;
    }
    for (int place = closed; place != 0; place = chunks.before(place)) {
      if (chunks.maxTime(place) < start) {
        return false;
      }
      if (chunks.minTime(place) <= end) {
        return true;
      }
    }
    return false;
  }
}
