package io.narthex.shell.internal;

import io.narthex.api.discovery.DiscoveryView;
import io.narthex.api.discovery.DiscoveryView.SectionStatus;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.RunGroup.ActorStatus;
import io.narthex.api.lifecycle.RunGroup.WaitingComponent;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.RunningQueries;
import io.narthex.api.query.RunningQueries.RunningQuery;
import io.narthex.api.scrape.TargetsView;
import io.narthex.api.scrape.TargetsView.ActiveTarget;
import io.narthex.api.storage.StorageMaintenance;
import io.narthex.model.PromDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns the views of the server into text. */
final class Reports {
  private final InstantSource clock;

  Reports(InstantSource clock) {
    this.clock = clock;
  }

  String actors(RunGroup group) {
    List<ActorStatus> actors = group.actors();
    if (actors.isEmpty()) {
      return "No actor has arrived yet.";
    }
    Table table =
        new Table("ACTOR", "STAGE", "STATE", "FOR", "RESTARTS", "WAITS FOR", "BUNDLE", "ERROR");
    for (ActorStatus actor : actors) {
      table.add(
          actor.critical() ? actor.name() : actor.name() + " (not critical)",
          Integer.toString(actor.stage()),
          words(actor.state()),
          ago(actor.since()),
          Integer.toString(actor.restarts()),
          String.join(", ", actor.waitsFor()),
          actor.bundle(),
          text(actor.lastError()));
    }
    return table.toString();
  }

  String waiting(RunGroup group) {
    List<WaitingComponent> waiting = group.waiting();
    if (waiting.isEmpty()) {
      return "No component waits for anything.";
    }
    Table table = new Table("COMPONENT", "BUNDLE", "WAITS FOR");
    for (WaitingComponent component : waiting) {
      table.add(component.component(), component.bundle(), String.join(", ", component.missing()));
    }
    return table.toString();
  }

  String targets(TargetsView view, @Nullable String pool) {
    if (pool != null && !view.pools().contains(pool)) {
      return "There is no scrape pool " + pool + ". There are: " + String.join(", ", view.pools());
    }
    List<ActiveTarget> targets = view.active(pool);
    if (targets.isEmpty()) {
      return "There is no target.";
    }
    Table table = new Table("POOL", "URL", "HEALTH", "LAST SCRAPE", "TOOK", "ERROR");
    for (ActiveTarget target : targets) {
      Instant last = target.lastScrape();
      table.add(
          target.pool(),
          target.scrapeUrl(),
          words(target.health()),
          last == null ? "never" : ago(last) + " ago",
          last == null ? "" : PromDuration.format(Math.round(target.lastScrapeSeconds() * 1000)),
          target.lastError());
    }
    return table.toString();
  }

  String providers(DiscoveryView view) {
    Table providers = new Table("PROVIDER", "BUNDLE");
    view.providers().forEach(p -> providers.add(p.kind(), p.bundle()));
    Table sections =
        new Table("SECTION", "MANAGER", "STATE", "TARGETS", "LAST UPDATE", "USED BY", "ERROR");
    for (SectionStatus section : view.sections()) {
      Instant last = section.lastUpdate();
      sections.add(
          section.name(),
          section.manager(),
          words(section.state()),
          Integer.toString(section.targets()),
          last == null ? "never" : ago(last) + " ago",
          String.join(", ", section.sets()),
          text(section.lastError()));
    }
    return providers + "\n\n" + sections;
  }

  String compactions(StorageMaintenance maintenance) {
    StorageMaintenance.Status status = maintenance.status();
    StringBuilder out = new StringBuilder("state: " + words(status.state()));
    StorageMaintenance.Task task = status.task();
    if (task != null) {
      out.append("\nnow: ").append(task.what()).append(", for ").append(ago(task.since()));
      out.append(", ").append(task.series()).append(" series so far");
    }
    if (status.paused()) {
      out.append("\nNothing begins by itself: narthex:compactions resume.");
    }
    Table table = new Table("WHAT", "WHEN", "TOOK", "ERROR");
    for (StorageMaintenance.Run run : status.recent()) {
      table.add(
          run.what(),
          ago(run.since()) + " ago",
          PromDuration.format(run.took().toMillis()),
          text(run.error()));
    }
    return out.append("\n\n").append(table).toString();
  }

  String queries(RunningQueries queries) {
    List<RunningQuery> running = queries.running();
    if (running.isEmpty()) {
      return "No query runs.";
    }
    Table table = new Table("ID", "STATE", "FOR", "SAMPLES", "BYTES", "ASKED BY", "QUERY");
    for (RunningQuery query : running) {
      table.add(
          Long.toString(query.id()),
          query.waiting() ? "waiting" : "running",
          ago(query.since()),
          Long.toString(query.samples()),
          Long.toString(query.bytes()),
          switch (query.request().origin()) {
            case QueryOrigin.Http http -> http.clientIp();
            case QueryOrigin.Rule rule -> rule.file() + ";" + rule.group();
            case QueryOrigin.Internal _ -> "the server";
          },
          query.request().expression().replace('\n', ' '));
    }
    return table.toString();
  }

  private String ago(Instant then) {
    long seconds = Math.max(0, Duration.between(then, clock.instant()).toSeconds());
    return PromDuration.format(seconds * 1000);
  }

  private static String words(Enum<?> state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
