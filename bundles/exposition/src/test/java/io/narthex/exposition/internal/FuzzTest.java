package io.narthex.exposition.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.ExpositionReader.Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Broken bodies end in an error or in success, soon, and the quick way agrees with the lexer. */
class FuzzTest {

  private static final int CASES = 20_000;
  private static final List<String> SEEDS =
      List.of(
          "a 1\nb{c=\"d\",e=\"f\\\"g\"} 2.5 17\n",
          "# HELP a_s x\n# TYPE a_s histogram\n# UNIT a_s s\na_s{le=\"1\"} 2 1.5\n# EOF\n",
          "{\"u.v\",a=\"ü\",\"c.d\"=\"e\"} 1.5e3 # {t=\"u\"} 0.5 1.5\nb{x=\"y\",} NaN\n# EOF\n",
          "a_total 12345678901234567 1\na_created 1e9\n# TYPE a counter\na_total{} 3\n# EOF\n");

  @Test
  void quickWayAndLexerAgreeOnText() {
    agree(TextReader::new);
  }

  @Test
  void quickWayAndLexerAgreeOnOpenMetrics() {
    agree(() -> new OpenMetricsReader(false));
    agree(() -> new OpenMetricsReader(true));
  }

  private static void agree(Supplier<BodyReader> readers) {
    for (byte[] body : Mutations.of(SEEDS, CASES, 99)) {
      String quick = outcome(readers.get(), body);
      BodyReader slow = readers.get();
      slow.onlyLexer = true;
      assertThat(outcome(slow, body)).as("%s", Arrays.toString(body)).isEqualTo(quick);
    }
  }

  private static String outcome(ExpositionReader reader, byte[] body) {
    try {
      return Reading.all(reader, body).toString();
    } catch (ExpositionException e) {
      return "error: " + e.getMessage();
    }
  }

  @Test
  void expectationsChangeNothing() throws Exception {
    for (byte[] body : Mutations.of(SEEDS, CASES, 7)) {
      List<byte[]> keys = new ArrayList<>();
      String plain = walk(new TextReader(), body, keys, List.of());
      // Right guesses, and guesses that are off by one.
      List<byte[]> guesses = List.copyOf(keys);
      assertThat(walk(new TextReader(), body, new ArrayList<>(), guesses)).isEqualTo(plain);
      List<byte[]> wrong = new ArrayList<>(guesses);
      java.util.Collections.rotate(wrong, 1);
      wrong.add(new byte[0]);
      assertThat(walk(new TextReader(), body, new ArrayList<>(), wrong)).isEqualTo(plain);
    }
  }

  @Test
  void recognisesWhatItWasToldToExpect() throws Exception {
    byte[] room = "a{b=\"c\"} 1\nab 2\n ".getBytes(StandardCharsets.UTF_8);
    byte[] key = "a{b=\"c\"}".getBytes(StandardCharsets.UTF_8);
    TextReader reader = new TextReader();
    reader.reset(room, room.length - 1);
    reader.expect(key, 0, key.length);
    assertThat(reader.next()).isEqualTo(Entry.SERIES);
    assertThat(reader.asExpected()).isTrue();
    assertThat(reader.value()).isEqualTo(1);
    reader.expect(key, 0, 1);
    assertThat(reader.next()).isEqualTo(Entry.SERIES);
    assertThat(reader.asExpected()).isFalse();
    assertThat(reader.seriesLength()).isEqualTo(2);
  }

  private static String walk(
      ExpositionReader reader, byte[] body, List<byte[]> keys, List<byte[]> guesses) {
    StringBuilder out = new StringBuilder();
    byte[] room = Arrays.copyOf(body, body.length + 1);
    reader.reset(room, body.length);
    int i = 0;
    try {
      for (Entry e = guess(reader, guesses, i); e != Entry.END; e = guess(reader, guesses, i)) {
        if (e == Entry.SERIES) {
          int from = reader.seriesOffset();
          byte[] key = Arrays.copyOfRange(room, from, from + reader.seriesLength());
          keys.add(key);
          out.append(new String(key, StandardCharsets.ISO_8859_1)).append(reader.value());
          i++;
        }
      }
    } catch (ExpositionException e) {
      out.append(e.getMessage());
    }
    return out.toString();
  }

  private static Entry guess(ExpositionReader reader, List<byte[]> guesses, int i)
      throws ExpositionException {
    if (i < guesses.size()) {
      reader.expect(guesses.get(i), 0, guesses.get(i).length);
    }
    return reader.next();
  }

  @Test
  void survivesMutationsOfRealBodies() throws Exception {
    for (java.nio.file.Path file : Conformance.bodies()) {
      String seed = Files.readString(file);
      seed = seed.substring(0, Math.min(seed.length(), 20_000));
      for (byte[] body : Mutations.of(List.of(seed), 200, 3)) {
        assertThat(outcome(new TextReader(), body)).isNotEmpty();
        assertThat(outcome(new OpenMetricsReader(true), body)).isNotEmpty();
      }
    }
  }
}
