package io.narthex.scrape.internal.target;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.model.GoQuote;
import io.narthex.model.LabelNames;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.PromDuration;
import io.narthex.model.relabel.Relabeling;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a target's labels: from discovery, from the job's settings, by relabelling. */
public final class TargetLabels {

  static final String INTERVAL = "__scrape_interval__";
  static final String TIMEOUT = "__scrape_timeout__";
  private static final String ADDRESS = "__address__";
  static final String TO_NHCB = "__convert_classic_histograms_to_nhcb__";
  static final String ALWAYS_CLASSIC = "__always_scrape_classic_histograms__";
  static final String NATIVE = "__scrape_native_histograms__";
  private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
  private static final List<String> FALSE = List.of("0", "f", "F", "FALSE", "false", "False");

  private TargetLabels() {}

  /** The labels before relabelling: the target's, its group's, and the job's where none is set. */
  public static Labels discovered(ScrapeConfig job, Labels target, Labels group) {
    LabelsBuilder b = new LabelsBuilder(group);
    target.forEach(b::set);
    setIfEmpty(b, "job", job.jobName());
    setIfEmpty(b, INTERVAL, PromDuration.format(job.scrapeInterval()));
    setIfEmpty(b, TIMEOUT, PromDuration.format(job.scrapeTimeout()));
    setIfEmpty(b, "__metrics_path__", job.metricsPath());
    setIfEmpty(b, "__scheme__", job.scheme());
    setIfEmpty(b, TO_NHCB, Boolean.toString(job.convertClassicHistogramsToNhcb()));
    setIfEmpty(b, ALWAYS_CLASSIC, Boolean.toString(job.alwaysScrapeClassicHistograms()));
    setIfEmpty(b, NATIVE, Boolean.toString(job.scrapeNativeHistograms()));
    for (Map.Entry<String, List<String>> e : job.params().entrySet()) {
      if (!e.getValue().isEmpty()) {
        setIfEmpty(b, "__param_" + e.getKey(), e.getValue().get(0));
      }
    }
    return b.build();
  }

  private static void setIfEmpty(LabelsBuilder b, String name, String value) {
    if (b.get(name).isEmpty()) {
      b.set(name, value);
    }
  }

  /**
   * The labels after relabelling, those with two underscores among them; null if the target was
   * dropped.
   */
  public static @Nullable Labels relabelled(ScrapeConfig job, Labels discovered)
      throws TargetException {
    LabelsBuilder b = new LabelsBuilder(discovered);
    if (!Relabeling.apply(job.relabelRules(), b)) {
      return null;
    }
    String address = b.get(ADDRESS);
    if (address.isEmpty()) {
      throw new TargetException("no address");
    }
    if (address.indexOf('/') >= 0) {
      throw new TargetException(GoQuote.quote(address) + " is not a valid hostname");
    }
    checkTimes(b);
    checkFlag(b, TO_NHCB, "convert classic histograms to nhcb");
    checkFlag(b, ALWAYS_CLASSIC, "always scrape classic histograms");
    checkFlag(b, NATIVE, "scrape native histograms");
    b.forEach((name, value) -> {
      if (name.startsWith("__meta_")) {
        b.remove(name);
      }
    });
    setIfEmpty(b, "instance", address);
    for (int i = 0; i < b.size(); i++) {
      if (!LabelNames.isUtf8(b.value(i))) {
        throw new TargetException(
            "invalid label value for "
                + GoQuote.quote(b.name(i))
                + ": "
                + GoQuote.quote(b.value(i)));
      }
    }
    return b.build();
  }

  private static void checkTimes(LabelsBuilder b) throws TargetException {
    String intervalText = b.get(INTERVAL);
    String timeoutText = b.get(TIMEOUT);
    long interval = duration(intervalText, "interval");
    long timeout = duration(timeoutText, "timeout");
    if (timeout > interval) {
      throw new TargetException(
          "scrape timeout cannot be greater than scrape interval ("
              + GoQuote.quote(timeoutText)
              + " > "
              + GoQuote.quote(intervalText)
              + ")");
    }
  }

  private static long duration(String text, String what) throws TargetException {
    long millis;
    try {
      millis = PromDuration.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TargetException("error parsing scrape " + what + ": " + e.getMessage());
    }
    if (millis == 0) {
      throw new TargetException("scrape " + what + " cannot be 0");
    }
    return millis;
  }

  /** Whether a label that has been checked says yes. */
  static boolean isOn(Labels labels, String name) {
    return TRUE.contains(labels.get(name));
  }

  private static void checkFlag(LabelsBuilder b, String name, String what) throws TargetException {
    String value = b.get(name);
    if (!value.isEmpty() && !TRUE.contains(value) && !FALSE.contains(value)) {
      throw new TargetException(
          "error parsing "
              + what
              + ": strconv.ParseBool: parsing "
              + GoQuote.quote(value)
              + ": invalid syntax");
    }
  }
}
