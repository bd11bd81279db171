package io.narthex.exposition.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.exposition.ExpositionReader;
import io.narthex.api.exposition.ExpositionReader.Entry;
import io.narthex.model.LabelsBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same verdict, error text and series as the reference program, for bodies good and bad. */
class PeerComparisonTest {

  private static final List<String> TEXT =
      List.of(
          "a 1\n",
          "a{b=\"c\"} 1\n# HELP a x\\ny\n# TYPE a counter\na_total{x=\"1\",y=\"2\"} 2 1\n",
          "# TYPE h histogram\nh_bucket{le=\"1\",x=\"y\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 3\n",
          "{\"utf8.name\",a=\"b\",\"c.d\"=\"e\"} 1.5e3\nb{x=\"\\\"\\\\\\nü\"} NaN\n",
          "  a\t{ x = \"1\" , } +Inf  \n\n#comment\n# other\n");
  private static final List<String> OPENMETRICS =
      List.of(
          "a 1\n# EOF\n",
          "# HELP a_s x\n# TYPE a_s counter\n# UNIT a_s s\na_s_total{x=\"1\"} 2 1.5\n# EOF",
          "# TYPE h histogram\nh_bucket{le=\"1\",x=\"y\"} 1 # {t=\"u\"} 0.5 1.5\nh_sum 3\n# EOF\n",
          "{\"utf8.name\",a=\"b\",\"c.d\"=\"e\"} 1.5e3\nb{x=\"\\\"\\\\\\nü\"} NaN\n# EOF\n",
          "a{x=\"1\",} 1 # {} 1\nb 1 -5 # {a=\"b\"} 2\n# EOF\n");

  @TempDir Path folder;

  @Test
  void agreesOnTheTextFormat() throws Exception {
    compare("text/plain; version=0.0.4", TEXT, TextReader::new, 20_261_122);
  }

  @Test
  void agreesOnOpenMetrics() throws Exception {
    compare(
        "application/openmetrics-text; version=1.0.0",
        OPENMETRICS,
        () -> new OpenMetricsReader(false),
        4_711);
  }

  private void compare(
      String type, List<String> seeds, Supplier<ExpositionReader> readers, long seed)
      throws Exception {
    List<byte[]> bodies = new ArrayList<>();
    seeds.forEach(s -> bodies.add(s.getBytes(StandardCharsets.UTF_8)));
    bodies.addAll(Mutations.of(seeds, Integer.getInteger("narthex.peer.cases", 400), seed));
    List<byte[]> distinct = PeerPrometheus.distinct(bodies);
    // Where a NUL is skipped and where it ends the input is an accident there.
    distinct.removeIf(b -> b.length == 0 || new String(b, StandardCharsets.UTF_8).contains("\0"));
    try (PeerPrometheus peer = new PeerPrometheus(folder, type, distinct)) {
      peer.awaitScrapes();
      Map<Integer, String> errors = peer.errors();
      Map<Integer, TreeSet<String>> series = peer.series();
      List<String> differences = new ArrayList<>();
      for (int i = 0; i < distinct.size(); i++) {
        TreeSet<String> surely = new TreeSet<>();
        TreeSet<String> perhaps = new TreeSet<>();
        String error = read(readers.get(), distinct.get(i), surely, perhaps);
        String theirs = errors.get(i);
        TreeSet<String> stored = series.getOrDefault(i, new TreeSet<>());
        String body = Excerpt.quote(distinct.get(i), 0, distinct.get(i).length);
        if (!sameError(error, theirs)) {
          differences.add(body + "\n  theirs: " + theirs + "\n  ours:   " + error);
        } else if (error.isEmpty()
            && !(stored.containsAll(surely) && perhaps.containsAll(stored))) {
          differences.add(body + "\n  theirs: " + stored + "\n  ours:   " + perhaps);
        }
      }
      assertThat(differences).isEmpty();
    }
  }

  /** Whether the errors are the same, but for what is known to differ. */
  private static boolean sameError(String ours, String theirs) {
    // Their text shows the labels of the target too.
    String names = "invalid metric name or label names: ";
    // Before 3.7 a bare label name in front of a comma or brace was taken for a metric name.
    boolean bareName =
        ours.startsWith("expected equal, got \"}") || ours.startsWith("expected equal, got \",");
    return ours.equals(theirs) || bareName || (ours.startsWith(names) && theirs.startsWith(names));
  }

  /**
   * Reads as a scrape does; the error, or nothing and the labels of what is stored.
   *
   * @param surely those without a timestamp; others may be refused as too old
   */
  private static String read(
      ExpositionReader reader, byte[] body, TreeSet<String> surely, TreeSet<String> perhaps) {
    byte[] room = Arrays.copyOf(body, body.length + 1);
    reader.reset(room, body.length);
    LabelsBuilder labels = new LabelsBuilder();
    try {
      for (Entry e = reader.next(); e != Entry.END; e = reader.next()) {
        if (e == Entry.SERIES) {
          reader.labels(labels);
          if (labels.has("")) {
            return "invalid metric name or label names: " + labels;
          }
          labels.set("__name__", labels.get("__name__").strip());
          perhaps.add(labels.toString());
          if (!reader.hasTimestamp()) {
            surely.add(labels.toString());
          }
        }
      }
      return "";
    } catch (io.narthex.api.exposition.ExpositionException x) {
      return String.valueOf(x.getMessage());
    }
  }
}
