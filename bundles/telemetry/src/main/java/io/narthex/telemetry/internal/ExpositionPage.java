package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.MetricsPage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The metrics page in text 0.0.4 or OpenMetrics 1.0, whatever the client likes better. */
@Component
public final class ExpositionPage implements MetricsPage {

  private static final Logger log = LoggerFactory.getLogger(ExpositionPage.class);

  private static final String TEXT =
      "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores";

  /** What is collected goes out in pieces of about this many characters. */
  private static final int PIECE = 16 * 1024;

  private final MetricRegistry registry;

  @Activate
  public ExpositionPage(@Reference MetricRegistry registry) {
    this.registry = registry;
  }

  @Override
  public String contentType(String acceptHeader) {
    return prefersOpenMetrics(acceptHeader) ? OPEN_METRICS : TEXT;
  }

  @Override
  public void write(String acceptHeader, OutputStream out) throws IOException {
    StringBuilder text = new StringBuilder(PIECE + 4096);
    PageWriter writer = new PageWriter(prefersOpenMetrics(acceptHeader), text);
    for (MetricFamily family : registry.families()) {
      int before = text.length();
      try {
        writer.family(family.spec(), family.collect());
      } catch (RuntimeException e) {
        // Somebody else's callback: one that fails must not take the page with it.
        text.setLength(before);
        log.atWarn()
            .addKeyValue("metric", family.spec().name())
            .setCause(e)
            .log("A metric could not be collected");
      }
      if (text.length() >= PIECE) {
        flush(text, out);
      }
    }
    writer.end();
    flush(text, out);
  }

  private static void flush(StringBuilder text, OutputStream out) throws IOException {
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    text.setLength(0);
  }

  /** Whether OpenMetrics is asked for with at least the weight of plain text. */
  static boolean prefersOpenMetrics(String accept) {
    double open = 0;
    double text = 0;
    for (String range : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = range.split(";", -1);
      String type = parts[0].strip();
      double weight = 1;
      String version = "";
      for (int i = 1; i < parts.length; i++) {
        String p = parts[i].strip();
        if (p.startsWith("q=")) {
          weight = weight(p.substring(2));
        } else if (p.startsWith("version=")) {
          version = p.substring(8);
        }
      }
      if (type.equals("application/openmetrics-text")) {
        boolean known = version.isEmpty() || version.equals("1.0.0") || version.equals("0.0.1");
        open = Math.max(open, known ? weight : 0);
      } else if (type.equals("text/plain") || type.equals("text/*") || type.equals("*/*")) {
        text = Math.max(text, weight);
      }
    }
    return open > 0 && open >= text;
  }

  private static double weight(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0; // A weight that is none: as if the range were not there.
    }
  }
}
