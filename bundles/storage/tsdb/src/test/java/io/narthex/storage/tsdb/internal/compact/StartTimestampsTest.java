package io.narthex.storage.tsdb.internal.compact;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.SampleBatch;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.block.BlockTestKit;
import io.narthex.storage.tsdb.internal.block.ListedSeries;
import io.narthex.storage.tsdb.internal.chunk.ChunkDecoder;
import io.narthex.storage.tsdb.internal.chunk.Xor2Chunk;
import io.narthex.storage.tsdb.internal.chunk.Xor2Format;
import io.narthex.storage.tsdb.internal.chunk.XorReader;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartTimestampsTest {

  private static final Labels A = Labels.of("a", "b");

  /** A chunk with start timestamps overlaps one without: those that are known stay. */
  @Test
  void stayWhenChunksAreMerged() throws Exception {
    Xor2Chunk chunk = new Xor2Chunk();
    chunk.add(100, 1, 90);
    chunk.add(300, 2, 90);
    chunk.add(500, 3, 450);
    ListedSeries.Chunk known =
        new ListedSeries.Chunk(100, 500, Xor2Format.ENCODING, chunk.toByteArray());
    ListedSeries one = new ListedSeries(Map.of(A, List.of(known)));
    ListedSeries other =
        new ListedSeries(
            Map.of(A, BlockTestKit.floats(new long[] {200, 500, 600}, new double[] {7, 8, 9})));
    try (MergedSeriesChunks merged = new MergedSeriesChunks(List.of(one, other))) {
      assertThat(merged.next()).isTrue();
      assertThat(merged.chunkCount()).isEqualTo(1);
      assertThat(merged.encoding(0)).isEqualTo(Xor2Format.ENCODING);
      byte[] data = merged.data(0).toArray(ValueLayout.JAVA_BYTE);
      ChunkDecoder decoder = new ChunkDecoder();
      decoder.reset(
          merged.encoding(0), Arrays.copyOf(data, data.length + XorReader.PADDING), data.length);
      SampleBatch batch = new SampleBatch();
      decoder.read(batch);
      assertThat(Arrays.copyOf(batch.timestamps, batch.size))
          .containsExactly(100, 200, 300, 500, 600);
      assertThat(Arrays.copyOf(batch.values, batch.size)).containsExactly(1, 7, 2, 3, 9);
      assertThat(batch.startTimestamps).isNotNull().startsWith(90, 0, 90, 450, 0);
    }
  }
}
