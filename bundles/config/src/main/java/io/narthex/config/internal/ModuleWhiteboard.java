package io.narthex.config.internal;

import io.narthex.api.config.Reconfigurable;
import io.narthex.config.internal.transaction.Transactions;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Tells the configuration of the modules that it concerns. */
@Component(immediate = true, service = ModuleWhiteboard.class)
public final class ModuleWhiteboard {

  private final Transactions transactions;

  @Activate
  public ModuleWhiteboard(@Reference ConfigurationComponent owner) {
    transactions = owner.transactions();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addModule(Reconfigurable module, Map<String, Object> properties) {
    int order = properties.get(Reconfigurable.ORDER) instanceof Number n ? n.intValue() : 0;
    transactions.moduleArrived(module, order);
  }

  void removeModule(Reconfigurable module) {
    transactions.moduleLeft(module);
  }
}
