package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.RunGroup.WaitingComponent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.ReferenceDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Asks Declarative Services which components of the server and its plug-ins wait for what. */
final class WaitingComponents {
  /** The platform's own bundles: their components wait for things that we left out on purpose. */
  private static final String PLATFORM = "org.apache.felix.";

  private final ServiceComponentRuntime components;

  WaitingComponents(ServiceComponentRuntime components) {
    this.components = components;
  }

  List<WaitingComponent> list() {
    List<WaitingComponent> waiting = new ArrayList<>();
    for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs()) {
      if (description.bundle.symbolicName.startsWith(PLATFORM)) {
        continue;
      }
      for (ComponentConfigurationDTO one : components.getComponentConfigurationDTOs(description)) {
        if (one.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE) {
          waiting.add(
              new WaitingComponent(
                  description.name, bundle(description.bundle), missing(description, one)));
        }
      }
    }
    waiting.sort(Comparator.comparing(WaitingComponent::component));
    return List.copyOf(waiting);
  }

  private static String bundle(BundleDTO bundle) {
    return bundle.symbolicName + " " + bundle.version;
  }

  private static List<String> missing(
      ComponentDescriptionDTO description, ComponentConfigurationDTO one) {
    List<String> missing = new ArrayList<>();
    for (UnsatisfiedReferenceDTO unsatisfied : one.unsatisfiedReferences) {
      for (ReferenceDTO reference : description.references) {
        if (Objects.equals(reference.name, unsatisfied.name)) {
          missing.add(
              unsatisfied.target == null
                  ? reference.interfaceName
                  : reference.interfaceName + " " + unsatisfied.target);
        }
      }
    }
    return missing;
  }
}
