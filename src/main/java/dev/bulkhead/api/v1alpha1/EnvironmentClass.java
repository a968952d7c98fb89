package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

@JsonClassDescription("What the platform team allows and presets: who may make environments of this class, where, how"
        + " large, from which registries and to which outside addresses. The annotation"
        + " bulkhead.dev/is-default-class: \"true\" makes it the class of environments that name none.")
@Group("bulkhead.dev")
@Version("v1alpha1")
@Plural("environmentclasses")
@ShortNames("envclass")
@Categories("bulkhead")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(
        name = "Environments",
        jsonPath = ".status.environments",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Message", jsonPath = ".status.conditions[?(@.type==\"Ready\")].message", priority = 1)
public final class EnvironmentClass extends CustomResource<EnvironmentClassSpec, EnvironmentClassStatus> {}
