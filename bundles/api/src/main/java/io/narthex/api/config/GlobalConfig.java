package io.narthex.api.config;

import io.narthex.model.Labels;
import io.narthex.model.NameValidation;
import java.util.List;

/** The global section with its defaults. Times are milliseconds, limits 0 for none. */
public record GlobalConfig(
    long scrapeInterval,
    long scrapeTimeout,
    List<ScrapeProtocol> scrapeProtocols,
    long evaluationInterval,
    long ruleQueryOffset,
    String queryLogFile,
    String scrapeFailureLogFile,
    Labels externalLabels,
    long bodySizeLimit,
    long sampleLimit,
    long targetLimit,
    long labelLimit,
    long labelNameLengthLimit,
    long labelValueLengthLimit,
    long keepDroppedTargets,
    NameValidation metricNameValidation,
    NameEscaping metricNameEscaping,
    boolean scrapeNativeHistograms,
    boolean convertClassicHistogramsToNhcb,
    boolean alwaysScrapeClassicHistograms,
    boolean extraScrapeMetrics) {

  public GlobalConfig {
    scrapeProtocols = List.copyOf(scrapeProtocols);
  }
}
