package com.example.signin;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

import static com.tngtech.archunit.lang.conditions.ArchConditions.beAnnotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/**
 * The house: imports only point down the list of rooms.
 */
@AnalyzeClasses(packages = "com.example.signin", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule roomsOnlyKnowThoseBelow = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("hall")
		.definedBy("com.example.signin")
		.layer("account")
		.definedBy("com.example.signin.account..")
		.optionalLayer("preflight")
		.definedBy("com.example.signin.preflight..")
		.layer("login")
		.definedBy("com.example.signin.login..")
		.layer("logout")
		.definedBy("com.example.signin.logout..")
		.layer("session")
		.definedBy("com.example.signin.session..")
		.layer("client")
		.definedBy("com.example.signin.client..")
		.layer("provider")
		.definedBy("com.example.signin.provider..")
		.layer("page")
		.definedBy("com.example.signin.page..")
		.layer("audit")
		.definedBy("com.example.signin.audit..")
		.layer("settings")
		.definedBy("com.example.signin.settings..")
		.whereLayer("hall")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("account")
		.mayOnlyBeAccessedByLayers("hall")
		.whereLayer("preflight")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("login")
		.mayOnlyBeAccessedByLayers("hall", "account")
		.whereLayer("logout")
		.mayOnlyBeAccessedByLayers("hall", "account", "login")
		.whereLayer("session")
		.mayOnlyBeAccessedByLayers("hall", "account", "login", "logout")
		.whereLayer("client")
		.mayOnlyBeAccessedByLayers("hall", "account", "preflight", "login", "logout", "session")
		.whereLayer("provider")
		.mayOnlyBeAccessedByLayers("hall", "account", "preflight", "login", "logout", "session", "client")
		.whereLayer("page")
		.mayNotAccessAnyLayer()
		.whereLayer("audit")
		.mayNotAccessAnyLayer()
		.whereLayer("settings")
		.mayNotAccessAnyLayer();

	@ArchTest
	static final ArchRule everyPackageIsNullMarked = classes().that()
		.haveSimpleName("package-info")
		.should(beAnnotatedWith(NullMarked.class));

	@ArchTest
	static final ArchRule everyPackageSaysWhatItIs = classes().should().resideInAnyPackage(packagesWithPackageInfo());

	private static String[] packagesWithPackageInfo() {
		return new com.tngtech.archunit.core.importer.ClassFileImporter()
			.withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("com.example.signin")
			.stream()
			.filter((type) -> type.getSimpleName().equals("package-info"))
			.map(JavaClass::getPackageName)
			.toArray(String[]::new);
	}

}
