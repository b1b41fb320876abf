import {
  type AuthenticationResponseJSON,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  startAuthentication,
  startRegistration,
} from "@simplewebauthn/browser";

/** Asks the browser for a passkey. Undefined where the reader turned it down, or the browser has none that fits. */
export async function askForPasskey(options: object): Promise<AuthenticationResponseJSON | undefined> {
  try {
    return await startAuthentication({ optionsJSON: options as PublicKeyCredentialRequestOptionsJSON });
  } catch {
    return undefined;
  }
}

export async function makePasskey(options: object): Promise<RegistrationResponseJSON | undefined> {
  try {
    return await startRegistration({ optionsJSON: options as PublicKeyCredentialCreationOptionsJSON });
  } catch {
    return undefined;
  }
}
