package io.narthex.storage.tsdb.internal;

import io.narthex.storage.tsdb.internal.head.Limits;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits as they are configured now. Apart from the database's own settings, because a change
 * of those closes and opens the database, and one of these must not.
 */
@Component(configurationPid = "io.narthex.storage.tsdb.limits", service = TsdbLimits.class)
@Designate(ocd = TsdbLimitsConfig.class)
public final class TsdbLimits {

  private static final Logger log = LoggerFactory.getLogger(TsdbLimits.class);

  private volatile Limits limits = Limits.DEFAULT;

  @Activate
  public TsdbLimits(TsdbLimitsConfig config) {
    modified(config);
  }

  /** Takes over a change; one that is not valid leaves what was. */
  @Modified
  void modified(TsdbLimitsConfig config) {
    try {
      limits =
          new Limits(
              config.series_max(),
              config.series_max_per_job(),
              config.series_max_per_metric(),
              config.space_series(),
              config.space_samples(),
              config.space_interval());
    } catch (IllegalArgumentException e) {
      log.atError()
          .addKeyValue("err", e.getMessage())
          .log("Limits of the TSDB are not valid; those before stay in effect");
    }
  }

  Limits current() {
    return limits;
  }
}
