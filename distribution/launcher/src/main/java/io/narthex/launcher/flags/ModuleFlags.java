package io.narthex.launcher.flags;

import static io.narthex.launcher.flags.FlagType.BOOLEAN;
import static io.narthex.launcher.flags.FlagType.DURATION;
import static io.narthex.launcher.flags.FlagType.GO_DURATION;
import static io.narthex.launcher.flags.FlagType.INTEGER;
import static io.narthex.launcher.flags.Mode.SERVER;
import static io.narthex.launcher.flags.Support.WARNED;

import java.util.List;

/** Remote storage, rules, scraping, notifications and queries. */
final class ModuleFlags {
  private ModuleFlags() {}

  static List<Flag> all() {
    return List.of(
        Flag.of(
                "storage.remote.flush-deadline",
                DURATION,
                "1m",
                "How long to flush samples on shutdown or reload.")
            .with(WARNED),
        Flag.of(
                "storage.remote.read-sample-limit",
                INTEGER,
                "50000000",
                "Most samples that one remote read returns; 0 means no limit. Not for streamed responses.")
            .in(SERVER)
            .with(WARNED),
        Flag.of(
                "storage.remote.read-concurrent-limit",
                INTEGER,
                "10",
                "Most remote reads at a time; 0 means no limit.")
            .in(SERVER)
            .with(WARNED),
        Flag.of(
                "storage.remote.read-max-bytes-in-frame",
                INTEGER,
                "1048576",
                "Most bytes in a frame of a streamed remote read.")
            .in(SERVER)
            .with(WARNED),
        Flag.of(
                "rules.alert.for-outage-tolerance",
                DURATION,
                "1h",
                "Longest outage after which the \"for\" state of alerts is restored.")
            .in(SERVER)
            .with(WARNED),
        Flag.of(
                "rules.alert.for-grace-period",
                DURATION,
                "10m",
                "Least time between an alert and its restored \"for\" state.")
            .in(SERVER)
            .with(WARNED),
        Flag.of(
                "rules.alert.resend-delay",
                DURATION,
                "1m",
                "Least time before an alert is sent to an Alertmanager again.")
            .in(SERVER)
            .with(WARNED),
        Flag.of(
                "rules.max-concurrent-evals",
                INTEGER,
                "4",
                "Most rules that are evaluated at a time, over all groups.")
            .in(SERVER)
            .with(WARNED),
        Flag.of(
                "scrape.adjust-timestamps",
                BOOLEAN,
                "true",
                "Align the timestamps of scrapes with the interval, within --scrape.timestamp-tolerance.")
            .asHidden(),
        Flag.of(
                "scrape.timestamp-tolerance",
                GO_DURATION,
                "2ms",
                "How far a timestamp may be moved to align it.")
            .asHidden(),
        Flag.of(
                "scrape.discovery-reload-interval",
                DURATION,
                "5s",
                "Least time between two updates of the targets of the scrape pools.")
            .asHidden(),
        Flag.of(
                "alertmanager.notification-queue-capacity",
                INTEGER,
                "10000",
                "Capacity of the queue of alerts for an Alertmanager.")
            .in(SERVER)
            .with(WARNED),
        Flag.of(
                "alertmanager.notification-batch-size",
                INTEGER,
                "256",
                "Most alerts in one request to an Alertmanager.")
            .in(SERVER)
            .with(WARNED),
        Flag.of(
                "alertmanager.drain-notification-queue-on-shutdown",
                BOOLEAN,
                "true",
                "Send the queued alerts before the server ends.")
            .in(SERVER)
            .with(WARNED),
        Flag.of(
                "query.lookback-delta",
                DURATION,
                "5m",
                "How far back a query looks for the last sample of a series.")
            .in(SERVER),
        Flag.of("query.timeout", DURATION, "2m", "Longest time a query may take.").in(SERVER),
        Flag.of("query.max-concurrency", INTEGER, "20", "Most queries at a time.").in(SERVER),
        Flag.of(
                "query.max-samples",
                INTEGER,
                "50000000",
                "Most samples that one query may load into memory, and so return.")
            .in(SERVER));
  }
}
