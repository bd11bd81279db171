package io.narthex.itest.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules that the code of all bundles keeps. */
class CodeTest {
  private static JavaClasses code;

  @BeforeAll
  static void read() throws IOException {
    ClassFileImporter importer =
        new ClassFileImporter().withImportOption(location -> location.contains("io/narthex/"));
    List<JarFile> jars = new ArrayList<>();
    for (ShippedBundle bundle : ShippedBundle.own()) {
      jars.add(new JarFile(bundle.file().toFile()));
    }
    code = importer.importJars(jars);
    for (JarFile jar : jars) {
      jar.close();
    }
  }

  @Test
  void areasHaveNoCycles() {
    slices().matching("io.narthex.(*)..").should().beFreeOfCycles().check(code);
  }

  @Test
  void implementationsAreInternal() {
    classes()
        .that()
        .resideOutsideOfPackages("io.narthex.model..", "io.narthex.api..")
        .should()
        .resideInAPackage("..internal..")
        .check(code);
  }

  /** The views of bundles, and the web server, which carries Felix' whiteboard within itself. */
  @Test
  void theFrameworkIsKnownOnlyWhereBundlesAreTheSubject() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.narthex.lifecycle..",
            "io.narthex.telemetry..",
            "io.narthex.discovery.manager..",
            "io.narthex.web.server..",
            "io.narthex.web.console..",
            "io.narthex.shell..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.osgi.framework..")
        .check(code);
  }

  @Test
  void nobodyWritesActivatorsOrTrackers() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("org.osgi.framework.BundleActivator")
        .orShould()
        .dependOnClassesThat()
        .resideInAPackage("org.osgi.util.tracker..")
        .check(code);
  }

  @Test
  void staticStateIsFinal() {
    fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .beFinal()
        .check(code);
  }
}
