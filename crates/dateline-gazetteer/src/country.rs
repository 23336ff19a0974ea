use std::fmt;

/// A country or territory by its ISO 3166-1 alpha-2 code ("XK" for Kosovo).
///
/// ```
/// use dateline_gazetteer::Country;
///
/// let mali = Country::from_alpha3("MLI").unwrap();
/// assert_eq!((mali.alpha2(), mali.name()), ("ML", Some("Mali")));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// The country with this alpha-2 code: two upper-case ASCII letters, assigned to a country or not.
    #[must_use]
    pub const fn new(alpha2: [u8; 2]) -> Option<Self> {
        if alpha2[0].is_ascii_uppercase() && alpha2[1].is_ascii_uppercase() { Some(Self(alpha2)) } else { None }
    }

    /// The country with this alpha-2 code, if the code is assigned.
    #[must_use]
    pub fn from_alpha2(code: &str) -> Option<Self> {
        let country = Self::new(code.as_bytes().try_into().ok()?)?;
        country.row().map(|_| country)
    }

    /// The country with this alpha-3 code. Kosovo has two in use, "XKX" and PLOVER's "KOS".
    #[must_use]
    pub fn from_alpha3(code: &str) -> Option<Self> {
        let code = if code == "KOS" { "XKX" } else { code };
        COUNTRIES.iter().find(|row| row.1 == code).map(|row| Self(row.0))
    }

    /// All countries and territories, by alpha-2 code.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        COUNTRIES.iter().map(|row| Self(row.0))
    }

    pub(crate) const fn to_bytes(self) -> [u8; 2] {
        self.0
    }

    /// The alpha-2 code.
    #[must_use]
    pub fn alpha2(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }

    /// The alpha-3 code ("XKX" for Kosovo); none for a code that is not assigned.
    #[must_use]
    pub fn alpha3(&self) -> Option<&'static str> {
        self.row().map(|row| row.1)
    }

    /// The code that PLOVER and CAMEO use: alpha-3, but "KOS" for Kosovo.
    #[must_use]
    pub fn plover(&self) -> Option<&'static str> {
        if self.0 == *b"XK" { Some("KOS") } else { self.alpha3() }
    }

    /// The short English name that news use; none for a code that is not assigned.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        self.row().map(|row| row.2)
    }

    fn row(&self) -> Option<&'static Row> {
        COUNTRIES.binary_search_by_key(&self.0, |row| row.0).ok().map(|index| &COUNTRIES[index])
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.alpha2())
    }
}

/// Alpha-2 code, alpha-3 code, name.
type Row = ([u8; 2], &'static str, &'static str);

/// ISO 3166-1 and Kosovo, ordered by alpha-2 code.
const COUNTRIES: [Row; 250] = [
    (*b"AD", "AND", "Andorra"),
    (*b"AE", "ARE", "United Arab Emirates"),
    (*b"AF", "AFG", "Afghanistan"),
    (*b"AG", "ATG", "Antigua and Barbuda"),
    (*b"AI", "AIA", "Anguilla"),
    (*b"AL", "ALB", "Albania"),
    (*b"AM", "ARM", "Armenia"),
    (*b"AO", "AGO", "Angola"),
    (*b"AQ", "ATA", "Antarctica"),
    (*b"AR", "ARG", "Argentina"),
    (*b"AS", "ASM", "American Samoa"),
    (*b"AT", "AUT", "Austria"),
    (*b"AU", "AUS", "Australia"),
    (*b"AW", "ABW", "Aruba"),
    (*b"AX", "ALA", "Åland Islands"),
    (*b"AZ", "AZE", "Azerbaijan"),
    (*b"BA", "BIH", "Bosnia and Herzegovina"),
    (*b"BB", "BRB", "Barbados"),
    (*b"BD", "BGD", "Bangladesh"),
    (*b"BE", "BEL", "Belgium"),
    (*b"BF", "BFA", "Burkina Faso"),
    (*b"BG", "BGR", "Bulgaria"),
    (*b"BH", "BHR", "Bahrain"),
    (*b"BI", "BDI", "Burundi"),
    (*b"BJ", "BEN", "Benin"),
    (*b"BL", "BLM", "Saint Barthélemy"),
    (*b"BM", "BMU", "Bermuda"),
    (*b"BN", "BRN", "Brunei"),
    (*b"BO", "BOL", "Bolivia"),
    (*b"BQ", "BES", "Caribbean Netherlands"),
    (*b"BR", "BRA", "Brazil"),
    (*b"BS", "BHS", "Bahamas"),
    (*b"BT", "BTN", "Bhutan"),
    (*b"BV", "BVT", "Bouvet Island"),
    (*b"BW", "BWA", "Botswana"),
    (*b"BY", "BLR", "Belarus"),
    (*b"BZ", "BLZ", "Belize"),
    (*b"CA", "CAN", "Canada"),
    (*b"CC", "CCK", "Cocos Islands"),
    (*b"CD", "COD", "Democratic Republic of the Congo"),
    (*b"CF", "CAF", "Central African Republic"),
    (*b"CG", "COG", "Republic of the Congo"),
    (*b"CH", "CHE", "Switzerland"),
    (*b"CI", "CIV", "Ivory Coast"),
    (*b"CK", "COK", "Cook Islands"),
    (*b"CL", "CHL", "Chile"),
    (*b"CM", "CMR", "Cameroon"),
    (*b"CN", "CHN", "China"),
    (*b"CO", "COL", "Colombia"),
    (*b"CR", "CRI", "Costa Rica"),
    (*b"CU", "CUB", "Cuba"),
    (*b"CV", "CPV", "Cape Verde"),
    (*b"CW", "CUW", "Curaçao"),
    (*b"CX", "CXR", "Christmas Island"),
    (*b"CY", "CYP", "Cyprus"),
    (*b"CZ", "CZE", "Czech Republic"),
    (*b"DE", "DEU", "Germany"),
    (*b"DJ", "DJI", "Djibouti"),
    (*b"DK", "DNK", "Denmark"),
    (*b"DM", "DMA", "Dominica"),
    (*b"DO", "DOM", "Dominican Republic"),
    (*b"DZ", "DZA", "Algeria"),
    (*b"EC", "ECU", "Ecuador"),
    (*b"EE", "EST", "Estonia"),
    (*b"EG", "EGY", "Egypt"),
    (*b"EH", "ESH", "Western Sahara"),
    (*b"ER", "ERI", "Eritrea"),
    (*b"ES", "ESP", "Spain"),
    (*b"ET", "ETH", "Ethiopia"),
    (*b"FI", "FIN", "Finland"),
    (*b"FJ", "FJI", "Fiji"),
    (*b"FK", "FLK", "Falkland Islands"),
    (*b"FM", "FSM", "Micronesia"),
    (*b"FO", "FRO", "Faroe Islands"),
    (*b"FR", "FRA", "France"),
    (*b"GA", "GAB", "Gabon"),
    (*b"GB", "GBR", "United Kingdom"),
    (*b"GD", "GRD", "Grenada"),
    (*b"GE", "GEO", "Georgia"),
    (*b"GF", "GUF", "French Guiana"),
    (*b"GG", "GGY", "Guernsey"),
    (*b"GH", "GHA", "Ghana"),
    (*b"GI", "GIB", "Gibraltar"),
    (*b"GL", "GRL", "Greenland"),
    (*b"GM", "GMB", "Gambia"),
    (*b"GN", "GIN", "Guinea"),
    (*b"GP", "GLP", "Guadeloupe"),
    (*b"GQ", "GNQ", "Equatorial Guinea"),
    (*b"GR", "GRC", "Greece"),
    (*b"GS", "SGS", "South Georgia and the South Sandwich Islands"),
    (*b"GT", "GTM", "Guatemala"),
    (*b"GU", "GUM", "Guam"),
    (*b"GW", "GNB", "Guinea-Bissau"),
    (*b"GY", "GUY", "Guyana"),
    (*b"HK", "HKG", "Hong Kong"),
    (*b"HM", "HMD", "Heard Island and McDonald Islands"),
    (*b"HN", "HND", "Honduras"),
    (*b"HR", "HRV", "Croatia"),
    (*b"HT", "HTI", "Haiti"),
    (*b"HU", "HUN", "Hungary"),
    (*b"ID", "IDN", "Indonesia"),
    (*b"IE", "IRL", "Ireland"),
    (*b"IL", "ISR", "Israel"),
    (*b"IM", "IMN", "Isle of Man"),
    (*b"IN", "IND", "India"),
    (*b"IO", "IOT", "British Indian Ocean Territory"),
    (*b"IQ", "IRQ", "Iraq"),
    (*b"IR", "IRN", "Iran"),
    (*b"IS", "ISL", "Iceland"),
    (*b"IT", "ITA", "Italy"),
    (*b"JE", "JEY", "Jersey"),
    (*b"JM", "JAM", "Jamaica"),
    (*b"JO", "JOR", "Jordan"),
    (*b"JP", "JPN", "Japan"),
    (*b"KE", "KEN", "Kenya"),
    (*b"KG", "KGZ", "Kyrgyzstan"),
    (*b"KH", "KHM", "Cambodia"),
    (*b"KI", "KIR", "Kiribati"),
    (*b"KM", "COM", "Comoros"),
    (*b"KN", "KNA", "Saint Kitts and Nevis"),
    (*b"KP", "PRK", "North Korea"),
    (*b"KR", "KOR", "South Korea"),
    (*b"KW", "KWT", "Kuwait"),
    (*b"KY", "CYM", "Cayman Islands"),
    (*b"KZ", "KAZ", "Kazakhstan"),
    (*b"LA", "LAO", "Laos"),
    (*b"LB", "LBN", "Lebanon"),
    (*b"LC", "LCA", "Saint Lucia"),
    (*b"LI", "LIE", "Liechtenstein"),
    (*b"LK", "LKA", "Sri Lanka"),
    (*b"LR", "LBR", "Liberia"),
    (*b"LS", "LSO", "Lesotho"),
    (*b"LT", "LTU", "Lithuania"),
    (*b"LU", "LUX", "Luxembourg"),
    (*b"LV", "LVA", "Latvia"),
    (*b"LY", "LBY", "Libya"),
    (*b"MA", "MAR", "Morocco"),
    (*b"MC", "MCO", "Monaco"),
    (*b"MD", "MDA", "Moldova"),
    (*b"ME", "MNE", "Montenegro"),
    (*b"MF", "MAF", "Saint Martin"),
    (*b"MG", "MDG", "Madagascar"),
    (*b"MH", "MHL", "Marshall Islands"),
    (*b"MK", "MKD", "North Macedonia"),
    (*b"ML", "MLI", "Mali"),
    (*b"MM", "MMR", "Myanmar"),
    (*b"MN", "MNG", "Mongolia"),
    (*b"MO", "MAC", "Macau"),
    (*b"MP", "MNP", "Northern Mariana Islands"),
    (*b"MQ", "MTQ", "Martinique"),
    (*b"MR", "MRT", "Mauritania"),
    (*b"MS", "MSR", "Montserrat"),
    (*b"MT", "MLT", "Malta"),
    (*b"MU", "MUS", "Mauritius"),
    (*b"MV", "MDV", "Maldives"),
    (*b"MW", "MWI", "Malawi"),
    (*b"MX", "MEX", "Mexico"),
    (*b"MY", "MYS", "Malaysia"),
    (*b"MZ", "MOZ", "Mozambique"),
    (*b"NA", "NAM", "Namibia"),
    (*b"NC", "NCL", "New Caledonia"),
    (*b"NE", "NER", "Niger"),
    (*b"NF", "NFK", "Norfolk Island"),
    (*b"NG", "NGA", "Nigeria"),
    (*b"NI", "NIC", "Nicaragua"),
    (*b"NL", "NLD", "Netherlands"),
    (*b"NO", "NOR", "Norway"),
    (*b"NP", "NPL", "Nepal"),
    (*b"NR", "NRU", "Nauru"),
    (*b"NU", "NIU", "Niue"),
    (*b"NZ", "NZL", "New Zealand"),
    (*b"OM", "OMN", "Oman"),
    (*b"PA", "PAN", "Panama"),
    (*b"PE", "PER", "Peru"),
    (*b"PF", "PYF", "French Polynesia"),
    (*b"PG", "PNG", "Papua New Guinea"),
    (*b"PH", "PHL", "Philippines"),
    (*b"PK", "PAK", "Pakistan"),
    (*b"PL", "POL", "Poland"),
    (*b"PM", "SPM", "Saint Pierre and Miquelon"),
    (*b"PN", "PCN", "Pitcairn Islands"),
    (*b"PR", "PRI", "Puerto Rico"),
    (*b"PS", "PSE", "Palestine"),
    (*b"PT", "PRT", "Portugal"),
    (*b"PW", "PLW", "Palau"),
    (*b"PY", "PRY", "Paraguay"),
    (*b"QA", "QAT", "Qatar"),
    (*b"RE", "REU", "Réunion"),
    (*b"RO", "ROU", "Romania"),
    (*b"RS", "SRB", "Serbia"),
    (*b"RU", "RUS", "Russia"),
    (*b"RW", "RWA", "Rwanda"),
    (*b"SA", "SAU", "Saudi Arabia"),
    (*b"SB", "SLB", "Solomon Islands"),
    (*b"SC", "SYC", "Seychelles"),
    (*b"SD", "SDN", "Sudan"),
    (*b"SE", "SWE", "Sweden"),
    (*b"SG", "SGP", "Singapore"),
    (*b"SH", "SHN", "Saint Helena"),
    (*b"SI", "SVN", "Slovenia"),
    (*b"SJ", "SJM", "Svalbard and Jan Mayen"),
    (*b"SK", "SVK", "Slovakia"),
    (*b"SL", "SLE", "Sierra Leone"),
    (*b"SM", "SMR", "San Marino"),
    (*b"SN", "SEN", "Senegal"),
    (*b"SO", "SOM", "Somalia"),
    (*b"SR", "SUR", "Suriname"),
    (*b"SS", "SSD", "South Sudan"),
    (*b"ST", "STP", "Sao Tome and Principe"),
    (*b"SV", "SLV", "El Salvador"),
    (*b"SX", "SXM", "Sint Maarten"),
    (*b"SY", "SYR", "Syria"),
    (*b"SZ", "SWZ", "Eswatini"),
    (*b"TC", "TCA", "Turks and Caicos Islands"),
    (*b"TD", "TCD", "Chad"),
    (*b"TF", "ATF", "French Southern Lands"),
    (*b"TG", "TGO", "Togo"),
    (*b"TH", "THA", "Thailand"),
    (*b"TJ", "TJK", "Tajikistan"),
    (*b"TK", "TKL", "Tokelau"),
    (*b"TL", "TLS", "East Timor"),
    (*b"TM", "TKM", "Turkmenistan"),
    (*b"TN", "TUN", "Tunisia"),
    (*b"TO", "TON", "Tonga"),
    (*b"TR", "TUR", "Turkey"),
    (*b"TT", "TTO", "Trinidad and Tobago"),
    (*b"TV", "TUV", "Tuvalu"),
    (*b"TW", "TWN", "Taiwan"),
    (*b"TZ", "TZA", "Tanzania"),
    (*b"UA", "UKR", "Ukraine"),
    (*b"UG", "UGA", "Uganda"),
    (*b"UM", "UMI", "United States Minor Outlying Islands"),
    (*b"US", "USA", "United States"),
    (*b"UY", "URY", "Uruguay"),
    (*b"UZ", "UZB", "Uzbekistan"),
    (*b"VA", "VAT", "Vatican City"),
    (*b"VC", "VCT", "Saint Vincent and the Grenadines"),
    (*b"VE", "VEN", "Venezuela"),
    (*b"VG", "VGB", "British Virgin Islands"),
    (*b"VI", "VIR", "United States Virgin Islands"),
    (*b"VN", "VNM", "Vietnam"),
    (*b"VU", "VUT", "Vanuatu"),
    (*b"WF", "WLF", "Wallis and Futuna"),
    (*b"WS", "WSM", "Samoa"),
    (*b"XK", "XKX", "Kosovo"),
    (*b"YE", "YEM", "Yemen"),
    (*b"YT", "MYT", "Mayotte"),
    (*b"ZA", "ZAF", "South Africa"),
    (*b"ZM", "ZMB", "Zambia"),
    (*b"ZW", "ZWE", "Zimbabwe"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_ordered_and_its_codes_lead_back() {
        assert!(COUNTRIES.is_sorted_by(|a, b| a.0 < b.0));
        for country in Country::all() {
            assert_eq!(Country::from_alpha2(country.alpha2()), Some(country));
            assert_eq!(Country::from_alpha3(country.alpha3().unwrap()), Some(country));
            assert_eq!(Country::from_alpha3(country.plover().unwrap()), Some(country));
            assert!(!country.name().unwrap().is_empty());
        }
    }

    #[test]
    fn kosovo_has_a_code_of_its_own_in_plover() {
        let kosovo = Country::from_alpha3("KOS").unwrap();
        assert_eq!((kosovo.alpha2(), kosovo.alpha3(), kosovo.plover()), ("XK", Some("XKX"), Some("KOS")));
    }

    #[test]
    fn unassigned_codes_have_no_names() {
        assert_eq!(Country::from_alpha2("QQ"), None);
        assert_eq!(Country::from_alpha2("ru"), None);
        assert_eq!(Country::from_alpha2("RUS"), None);
        assert_eq!(Country::from_alpha3("QQQ"), None);
        assert_eq!(Country::new(*b"QQ").unwrap().name(), None);
    }
}
