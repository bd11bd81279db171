package io.narthex.web.api.internal;

import io.narthex.api.config.ConfigurationTransactions;
import io.narthex.api.config.EffectiveConfiguration;
import io.narthex.api.discovery.DiscoveryView;
import io.narthex.api.lifecycle.Readiness;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.Termination;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryLanguage;
import io.narthex.api.query.RunningQueries;
import io.narthex.api.scrape.TargetsView;
import io.narthex.api.storage.ExemplarQuerier;
import io.narthex.api.storage.HeadStatistics;
import io.narthex.api.storage.Storage;
import io.narthex.api.storage.StorageAdmin;
import io.narthex.api.storage.StorageMaintenance;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The services of other modules, as far as they are there now. They come and go while the API
 * stays, so they are fields and not constructor arguments; each endpoint takes what it needs once.
 */
@Component(service = Backends.class)
public class Backends {

  @Reference(
      target = "(" + Storage.ROLE + "=" + Storage.FANOUT + ")",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Storage storage;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable HeadStatistics head;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable StorageAdmin admin;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable StorageMaintenance maintenance;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable ExemplarQuerier exemplars;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable QueryEngine engine;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable RunningQueries runningQueries;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable QueryLanguage language;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable TargetsView targets;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable DiscoveryView discovery;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable EffectiveConfiguration configuration;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable ConfigurationTransactions transactions;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Readiness readiness;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable RunGroup runGroup;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile @Nullable Termination termination;

  Storage storage() throws ApiException {
    return here(storage, "storage");
  }

  HeadStatistics head() throws ApiException {
    return here(head, "database");
  }

  StorageAdmin admin() throws ApiException {
    return here(admin, "database");
  }

  StorageMaintenance maintenance() throws ApiException {
    return here(maintenance, "database");
  }

  ExemplarQuerier exemplars() throws ApiException {
    return here(exemplars, "exemplar storage");
  }

  QueryEngine engine() throws ApiException {
    return here(engine, "query engine");
  }

  RunningQueries runningQueries() throws ApiException {
    return here(runningQueries, "query engine");
  }

  QueryLanguage language() throws ApiException {
    return here(language, "query engine");
  }

  TargetsView targets() throws ApiException {
    return here(targets, "scrape manager");
  }

  DiscoveryView discovery() throws ApiException {
    return here(discovery, "discovery manager");
  }

  EffectiveConfiguration configuration() throws ApiException {
    return here(configuration, "configuration");
  }

  ConfigurationTransactions transactions() throws ApiException {
    return here(transactions, "configuration");
  }

  RunGroup runGroup() throws ApiException {
    return here(runGroup, "run group");
  }

  Termination termination() throws ApiException {
    return here(termination, "run group");
  }

  /** Not ready while nobody can say. */
  Readiness.State state() {
    Readiness r = readiness;
    return r == null ? Readiness.State.NOT_READY : r.state();
  }

  private static <T> T here(@Nullable T service, String name) throws ApiException {
    if (service == null) {
      throw ApiException.missing(name);
    }
    return service;
  }
}
