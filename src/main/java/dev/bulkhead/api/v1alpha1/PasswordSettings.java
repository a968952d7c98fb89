package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

@Wire
public record PasswordSettings(
        @JsonPropertyDescription("How many characters it has.") @Default("32") @Min(8) @Max(1024)
        Integer length,

        @JsonPropertyDescription(
                "The characters that it is made of, each as likely as the others. With the length they must"
                        + " make for 80 bits or more that nobody can guess. Without it: the letters and digits.")
        @Default(PasswordSettings.LETTERS_AND_DIGITS)
        @Pattern("^[!-~]+$")
        @Size(min = 2, max = 94)
        @ValidationRule(
                value = "self.split('').all(letter, self.indexOf(letter) == self.lastIndexOf(letter))",
                message =
                        "a character is in the alphabet twice, which would make it likelier than the others: name it once")
        String alphabet) {

    static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public PasswordSettings {
        length = Absent.or(length, 32);
        alphabet = Absent.or(alphabet, LETTERS_AND_DIGITS);
    }
}
