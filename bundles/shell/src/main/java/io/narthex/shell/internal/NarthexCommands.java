package io.narthex.shell.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ConfigurationTransactions;
import io.narthex.api.discovery.DiscoveryView;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.query.RunningQueries;
import io.narthex.api.scrape.TargetsView;
import io.narthex.api.storage.StorageMaintenance;
import java.time.InstantSource;
import java.util.function.Function;
import org.apache.felix.service.command.Descriptor;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The commands {@code narthex:…}. They give text back instead of printing it, so that a shell can
 * pipe it, and a sentence where the part of the server that they ask is not there.
 */
@Component(
    service = NarthexCommands.class,
    property = {
      "osgi.command.scope=narthex",
      "osgi.command.function=actors",
      "osgi.command.function=cancel",
      "osgi.command.function=compactions",
      "osgi.command.function=config",
      "osgi.command.function=providers",
      "osgi.command.function=queries",
      "osgi.command.function=reload",
      "osgi.command.function=targets",
      "osgi.command.function=waiting"
    })
public final class NarthexCommands {
  private final Reports reports;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable RunGroup runGroup;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable TargetsView targetsView;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable DiscoveryView discoveryView;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable ConfigurationTransactions transactions;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable StorageMaintenance maintenance;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable RunningQueries runningQueries;

  @Activate
  public NarthexCommands() {
    this(InstantSource.system());
  }

  NarthexCommands(InstantSource clock) {
    reports = new Reports(clock);
  }

  @Descriptor("shows the actors of the run group: stage, state, since when, who waits for whom")
  public String actors() {
    return ask(runGroup, "run group", reports::actors);
  }

  @Descriptor("shows the components that wait for services, and for which")
  public String waiting() {
    return ask(runGroup, "run group", reports::waiting);
  }

  @Descriptor("shows the targets of all scrape pools")
  public String targets() {
    return ask(targetsView, "scrape manager", view -> reports.targets(view, null));
  }

  @Descriptor("shows the targets of one scrape pool")
  public String targets(@Descriptor("name of the job") String pool) {
    return ask(targetsView, "scrape manager", view -> reports.targets(view, pool));
  }

  @Descriptor("shows the discovery providers, and the sections that use or wait for them")
  public String providers() {
    return ask(discoveryView, "discovery manager", reports::providers);
  }

  @Descriptor("reads the configuration again and puts it into effect")
  public String reload() {
    return ask(transactions, "configuration", NarthexCommands::reload);
  }

  @Descriptor("shows the configuration in effect, without its secrets")
  public String config() {
    return ask(transactions, "configuration", ConfigurationTransactions::effectiveYaml);
  }

  @Descriptor("shows what the database does and did: blocks made, compacted, deleted")
  public String compactions() {
    return ask(maintenance, "database", reports::compactions);
  }

  @Descriptor("pauses or resumes the database's compactions, or looks at once what there is to do")
  public String compactions(@Descriptor("pause, resume or run") String action) {
    return ask(maintenance, "database", m -> act(m, action));
  }

  @Descriptor("shows the queries that run or wait for a place")
  public String queries() {
    return ask(runningQueries, "query engine", reports::queries);
  }

  @Descriptor("ends a query that runs or waits")
  public String cancel(@Descriptor("number of the query") long id) {
    return ask(
        runningQueries,
        "query engine",
        queries ->
            queries.cancel(id)
                ? "Query " + id + " ends."
                : "No query " + id + " runs or waits (narthex:queries tells which).");
  }

  private static String act(StorageMaintenance maintenance, String action) {
    switch (action) {
      case "pause" -> maintenance.pause();
      case "resume" -> maintenance.resume();
      case "run" -> maintenance.runNow();
      default -> {
        return "There is no action " + action + ". There are: pause, resume, run";
      }
    }
    return switch (action) {
      case "pause" -> "Nothing begins until narthex:compactions resume; what runs goes on.";
      case "resume" -> "Compactions go on.";
      default -> "The database looks for what there is to do.";
    };
  }

  private static String reload(ConfigurationTransactions transactions) {
    try {
      transactions.reload("shell");
      return "The configuration was reloaded.";
    } catch (ConfigurationException e) {
      return "The reload was refused and nothing has changed: " + e.getMessage();
    }
  }

  private static <S> String ask(@Nullable S service, String name, Function<S, String> question) {
    return service == null
        ? "The "
            + name
            + " is not running: its bundle is missing, or waits for something"
            + " (narthex:waiting tells)."
        : question.apply(service);
  }
}
