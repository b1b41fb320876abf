/**
 * Passwords of ten characters and more that lead the lists of leaked ones, and the bare words that people lengthen with
 * digits and signs. Shorter ones need no list: their length refuses them.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `1234567890 0123456789 12345678910 123456789a 1q2w3e4r5t 1qaz2wsx3edc 1q2w3e4r5t6y q1w2e3r4t5 q1w2e3r4t5y6 qwertyuiop
   qwerty12345 qwerty123456 qwertyuiop123 asdfghjkl1 asdfghjkl123 zxcvbnm123 1234qwerasdf qazwsxedc qazwsxedcrfv
   password password1 password12 password123 password1234 password12345 passwordpassword passw0rd passw0rd123 passwort
   passwort123 passwort1234 motdepasse contrasena administrator administrator1 admin admin12345 admin123456 adminadmin
   iloveyou iloveyou12 iloveyou123 letmein letmein123 letmeinplease welcome welcome123 welcome1234 welcometo changeme
   changeme123 changeme1234 trustno1 superman superman12 batman batman1234 starwars starwars12 football football12
   baseball baseball12 basketball basketball1 liverpool liverpool1 chelsea chelsea123 arsenal arsenal123 manchester
   manunited manchesterunited barcelona barcelona1 realmadrid juventus sunshine sunshine12 princess princess12 dragon
   dragon1234 monkey monkey1234 michael michael123 jennifer jordan jordan1234 charlie charlie123 alexander computer
   computer12 internet internet12 corvette mercedes mustang mustang123 secret secret1234 topsecret abcdefghij abcdefghijk
   abcdefghijkl abcd123456 abc1234567 abc123abc123 a123456789 aa12345678 aa123456789 qqww1122 123qwe123qwe 123123123
   1231231234 1111111111 0000000000 9876543210 987654321a 1029384756 1357924680 147258369 1472583690 159357159357
   qwer1234qwer asdf1234asdf test123456 testtest12 testtest123 guest12345 hello12345 helloworld helloworld1 freedom
   freedom123 whatever whatever12 thankyou lovelove iloveme123 fuckyou123 casino casino1234 jackpot jackpot123 poker
   poker12345 blackjack blackjack1 roulette roulette1 luckyseven lucky77777 gambling winner winner1234 bigwinner
   correcthorsebatterystaple summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 spring2025 spring2026
   autumn2025 autumn2026 january2026 december2025 november2026 monday1234 friday1234`.split(/\s+/),
);
